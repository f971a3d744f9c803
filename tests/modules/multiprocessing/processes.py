# Processes by function and by class: names, exit codes, daemons, errors, terminate, current_process.
import multiprocessing
import os
import signal
import sys
import time


def exits(how):
    if how == 'return':
        return
    if how == 'sys.exit':
        sys.exit(3)
    if how == 'text':
        sys.exit('text')
    if how == 'raise':
        raise ValueError('in a child')
    if how == '_exit':
        os._exit(4)
    os.kill(os.getpid(), signal.SIGKILL)


class Counter(multiprocessing.Process):
    def __init__(self, w):
        multiprocessing.Process.__init__(self, name='counter')
        self.w = w

    def run(self):
        current = multiprocessing.current_process()
        self.w.send((current.name, current.daemon, current.pid == os.getpid(), os.getppid() == self.parent))


def attempt(f):
    try:
        print f()
    except Exception as e:
        print type(e).__name__, e


def sleeps():
    time.sleep(60)


def has_children(w):
    try:
        multiprocessing.Process(target=exits, args=('return',)).start()
        w.send('started')
    except AssertionError as e:
        w.send(str(e))


if __name__ == '__main__':
    sys.stderr = open(os.devnull, 'w')
    for how in ('return', 'sys.exit', 'text', 'raise', '_exit', 'kill'):
        p = multiprocessing.Process(target=exits, args=(how,))
        print how, p.exitcode, p.pid, p.is_alive(),
        p.start()
        p.join()
        print p.exitcode, p.pid > 0, p.is_alive()
    attempt(p.start)
    r, w = multiprocessing.Pipe(False)
    c = Counter(w)
    c.parent = os.getpid()
    c.start()
    print r.recv()
    c.join()
    print repr(c), c
    p = multiprocessing.Process(target=sleeps)
    attempt(p.join)
    p.daemon = True
    p.start()
    attempt(lambda: setattr(p, 'daemon', False))
    print multiprocessing.active_children() == [p], p.is_alive(), p.daemon
    p.join(0.05)
    print p.is_alive()
    p.terminate()
    p.join()
    print p.exitcode, multiprocessing.active_children()
    p = multiprocessing.Process(target=has_children, args=(w,))
    p.daemon = True
    p.start()
    print r.recv()
    p.join()
    p = multiprocessing.Process(target=sleeps)
    p.daemon = True
    p.start()
    print multiprocessing.current_process().name, multiprocessing.cpu_count() > 0
