# Ctrl-C in everything that waits: what is interrupted at once, and what only when its wait is over.
import multiprocessing
import os
import Queue
import select
import signal
import socket
import sys
import threading
import time

here = os.getpid()
r, w = os.pipe()
# What ends the waits that Ctrl-C does not.
lock = threading.Lock()
lock.acquire()
queue = Queue.Queue()
released = []


class Interrupter(object):
    """Sends SIGINT once the other waits, and says when `release` has run."""

    def __init__(self, release=None):
        self.release = release
        self.pid = os.fork()
        if self.pid == 0:
            try:
                time.sleep(.15)
                os.kill(here, signal.SIGINT)
                if release:
                    time.sleep(.15)
                    os.write(w, 'x')
            finally:
                os._exit(0)
        self.thread = None
        if release:
            self.thread = threading.Thread(target=self.run)
            self.thread.start()

    def run(self):
        os.read(r, 1)
        released.append(1)
        self.release()


def attempt(name, wait, release=None):
    del released[:]
    interrupter = Interrupter(release)
    try:
        try:
            answer = wait()
            for i in range(1000):
                pass
            print name, 'answered', answer
        except KeyboardInterrupt:
            print name, 'interrupted', 'after' if released else 'at once'
        except Exception, e:
            print name, type(e).__name__, e
    except KeyboardInterrupt:
        print name, 'interrupted late'
    while 1:
        try:
            if interrupter.thread:
                interrupter.thread.join()
            os.waitpid(interrupter.pid, 0)
            break
        except KeyboardInterrupt:
            print 'twice'


def waits():
    a, b = socket.socketpair()
    pr, pw = os.pipe()
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen(1)
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        time.sleep(1000)
    a.settimeout(None)
    timed, far = socket.socketpair()
    keep.append((a, b, pr, pw, listener, timed, far))
    poll = select.poll()
    poll.register(pr, 1)
    connection, other = multiprocessing.Pipe()
    keep.append((connection, other))
    event = threading.Event()
    condition = threading.Condition()
    never = threading.Thread(target=lambda: forever.acquire())
    never.daemon = True
    never.start()
    semaphore = multiprocessing.Semaphore(0)
    full = os.pipe()
    keep.append(full)
    timed2 = socket.socket()
    timed2.bind(('127.0.0.1', 0))
    timed2.listen(1)
    timed2.settimeout(20)

    yield 'sleep', lambda: time.sleep(20)
    yield 'lock.acquire', lock.acquire, lock.release
    yield 'acquire in with', lambda: lock.__enter__(), lock.release
    yield 'join', lambda: threads[-1].join(), None
    yield 'join with timeout', lambda: never.join(20)
    yield 'event.wait with timeout', lambda: event.wait(20)
    yield 'event.wait', event.wait, event.set
    yield 'condition.wait with timeout', lambda: condition.__enter__() and condition.wait(20)
    yield 'Queue.get', queue.get, lambda: queue.put('item')
    yield 'Queue.get with timeout', lambda: Queue.Queue().get(True, 20)
    yield 'select', lambda: select.select([pr], [], [])
    yield 'select with timeout', lambda: select.select([pr], [], [], 20)
    yield 'select of nothing', lambda: select.select([], [], [], 20)
    yield 'poll', poll.poll
    yield 'accept', listener.accept
    yield 'accept with timeout', timed2.accept
    yield 'recv', lambda: a.recv(1)
    yield 'recv with timeout', lambda: (timed.settimeout(20), timed.recv(1))
    yield 'makefile.read', lambda: a.makefile().read()
    yield 'makefile.readline', lambda: a.makefile().readline()
    yield 'sendall', lambda: a.sendall('x' * 10000000)
    yield 'waitpid', lambda: os.waitpid(child, 0)
    yield 'os.read', lambda: os.read(pr, 1)
    yield 'os.write', lambda: os.write(full[1], 'x' * 1000000)
    yield 'file.read', lambda: os.fdopen(os.dup(pr)).read()
    yield 'file.readline', lambda: os.fdopen(os.dup(pr)).readline()
    yield 'raw_input', read_line
    yield 'sys.stdin.readline', lambda: from_pipe(sys.stdin.readline)
    yield 'signal.pause', signal.pause
    yield 'Connection.recv', connection.recv
    yield 'Connection.poll', lambda: connection.poll(20)
    yield 'Semaphore.acquire', semaphore.acquire
    yield 'Semaphore.acquire with timeout', lambda: semaphore.acquire(True, 20)
    os.kill(child, 9)
    print os.waitpid(child, 0)[1]


def from_pipe(f):
    saved = os.dup(0)
    pr, pw = os.pipe()
    os.dup2(pr, 0)
    try:
        return f()
    finally:
        os.dup2(saved, 0)
        for fd in saved, pr, pw:
            os.close(fd)


def read_line():
    return from_pipe(raw_input)


keep = []
forever = threading.Lock()
forever.acquire()
threads = []
for item in waits():
    if item[0] == 'join':
        gate = threading.Lock()
        gate.acquire()
        threads.append(threading.Thread(target=gate.acquire))
        threads[-1].start()
        item = item[0], item[1], gate.release
    attempt(*item)
print 'ended'
