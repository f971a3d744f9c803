# Many threads, deep ones, failing ones.
import Queue
import sys
import thread
import threading
import time

# Two hundred live ones.
gate = threading.Event()
arrived = Queue.Queue()
total = []

def wait_at(i):
    arrived.put(i)
    gate.wait()
    total.append(i)

threads = [threading.Thread(target=wait_at, args=(i,)) for i in range(200)]
for t in threads:
    t.start()
print sum(arrived.get() for t in threads), threading.active_count(), all(t.is_alive() for t in threads)
print len(sys._current_frames())
gate.set()
for t in threads:
    t.join()
print sum(total), threading.active_count()

# Deep recursion in several at once, each to its own limit.
def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)

def endless():
    return endless()

class Nest(object):
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return 'x' if self.n == 0 else '(' + repr(Nest(self.n - 1)) + ')'

answers = []

def run(f, *args):
    try:
        answers.append(f(*args))
    except RuntimeError, e:
        answers.append(str(e))

for f, args in (deep, (900,)), (endless, ()), (lambda: len(repr(Nest(100))), ()):
    del answers[:]
    threads = [threading.Thread(target=run, args=(f,) + args) for i in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print sorted(set(map(str, answers))), len(answers)

# Exceptions end their thread only, and are told.
class Failure(Exception):
    pass

def fail(e):
    raise e


class Lines(object):
    """stderr without the places where things are installed"""
    softspace = 0

    def write(self, text):
        for line in text.splitlines(True):
            if not line.lstrip().startswith('File'):
                sys.stdout.write(line)

sys.stderr = Lines()
t = threading.Thread(target=fail, args=(Failure('why'),), name='failing')
t.start()
t.join()
print 'alive', t.is_alive()
t = threading.Thread(target=fail, args=(SystemExit(3),))
t.start()
t.join()
done = thread.allocate_lock()
done.acquire()

class Ends(object):
    def __del__(self):
        done.release()

def low_level(ends):
    del ends
    1 / 0

thread.start_new_thread(low_level, (Ends(),))
done.acquire()
time.sleep(.05)

def exits(ends):
    thread.exit()

thread.start_new_thread(exits, (Ends(),))
done.acquire()
t = threading.Thread(target=fail, args=(KeyboardInterrupt(),), name='interrupted')
t.start()
t.join()

# thread.interrupt_main
def interrupt():
    time.sleep(.05)
    thread.interrupt_main()

t = threading.Thread(target=interrupt)
t.start()
try:
    while 1:
        time.sleep(.01)
except KeyboardInterrupt:
    print 'KeyboardInterrupt'
t.join()
print threading.enumerate() == [threading.current_thread()]
