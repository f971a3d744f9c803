# thread: locks and identity in one thread.
import thread, threading
l = thread.allocate_lock(); print l.acquire(), l.locked(), l.acquire(0), l.release(), l.locked(), thread.get_ident() == thread.get_ident(), type(l).__name__, thread.stack_size(), repr(threading.currentThread())[:24]
with l: print l.locked()
r = threading.RLock(); print r.acquire(), r.acquire(), r.release(), r.release()
local = threading.local(); local.x = 1; print local.x, local.__dict__, hasattr(local, 'y')
for text in ('l.release()', 'thread.start_new_thread(5, ())', 'thread.start_new_thread(len, 5)', 'thread.allocate_lock(5)', 'r.release()', 'thread.stack_size(5)', 'thread.exit()'):
    try:
        print eval(text)
    except (Exception, SystemExit) as e:
        print text, type(e).__name__, e
