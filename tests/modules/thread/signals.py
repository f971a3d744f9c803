# Signal handlers run in the main thread, also while it waits for a lock.
import threading, time

# Only the main thread may set signal handlers.
import signal
def set_handler():
    try: signal.signal(signal.SIGALRM, signal.SIG_DFL)
    except ValueError, e: print e
t = threading.Thread(target=set_handler); t.start(); t.join()

# A handler runs in the main thread while it waits for a lock.
seen = []
def handler(n, frame):
    seen.append(threading.current_thread().name)
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.02)
gate = threading.Lock(); gate.acquire()
def open_gate():
    time.sleep(0.1)
    gate.release()
threading.Thread(target=open_gate).start()
gate.acquire()
print seen
