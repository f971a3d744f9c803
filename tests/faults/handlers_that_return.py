# A signal whose handler returns: EINTR in what waits, or it goes on.
import errno
import multiprocessing
import os
import select
import signal
import socket
import sys
import threading
import time

seen = []
signal.signal(signal.SIGALRM, lambda number, frame: seen.append(number))


def attempt(name, wait, *args):
    del seen[:]
    signal.setitimer(signal.ITIMER_REAL, .1)
    try:
        answer = wait(*args)
    except (EnvironmentError, select.error), e:
        number = e.args[0]
        answer = '%s %s %s' % (type(e).__module__, type(e).__name__, errno.errorcode.get(number, number))
    signal.setitimer(signal.ITIMER_REAL, 0)
    print name, answer, len(seen)


def later(seconds, f, *args):
    t = threading.Timer(seconds, f, args)
    t.start()
    return t


a, b = socket.socketpair()
r, w = os.pipe()
listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(1)
poll = select.poll()
poll.register(r, 1)
epoll = select.epoll()
epoll.register(r, 1)
child = os.fork()
if child == 0:
    time.sleep(1000)
attempt('sleep', time.sleep, 10)
attempt('select', select.select, [r], [], [])
attempt('select with timeout', select.select, [r], [], [], 10)
attempt('poll', poll.poll)
attempt('epoll', epoll.poll)
attempt('accept', listener.accept)
attempt('recv', a.recv, 1)
a.settimeout(10)
attempt('recv with timeout', a.recv, 1)
a.settimeout(None)
f = a.makefile()
timer = later(.3, b.sendall, 'line\n')
attempt('makefile.readline', f.readline)
timer.join()
attempt('waitpid', os.waitpid, child, 0)
attempt('wait', os.wait)
attempt('os.read', os.read, r, 1)
attempt('os.write', lambda: os.write(w, 'x' * 100000) > 60000)
os.read(r, 1000000)
timer = later(.3, os.write, w, 'x')
attempt('file.read', os.fdopen(os.dup(r)).read, 1)
timer.join()
attempt('pause', signal.pause)
semaphore = multiprocessing.Semaphore(0)
attempt('Semaphore.acquire with timeout', semaphore.acquire, True, .3)
timer = later(.3, semaphore.release)
attempt('Semaphore.acquire', semaphore.acquire)
timer.join()
one, two = multiprocessing.Pipe()
timer = later(.3, two.send, 'message')
attempt('Connection.recv', one.recv)
timer.join()
attempt('Connection.poll', one.poll, 10)
lock = threading.Lock()
lock.acquire()
timer = later(.3, lock.release)
attempt('lock.acquire', lock.acquire)
timer.join()
event = threading.Event()
attempt('Event.wait', event.wait, .3)

# siginterrupt(number, False): calls are begun again.
signal.siginterrupt(signal.SIGALRM, False)
timer = later(.3, os.write, w, 'x')
attempt('os.read', os.read, r, 1)
timer.join()
timer = later(.3, b.sendall, 'x')
attempt('recv', a.recv, 1)
timer.join()
timer = later(.3, os.kill, child, 9)
attempt('waitpid', lambda: os.waitpid(child, 0)[1])
timer.join()
attempt('select', select.select, [r], [], [], 10)
signal.siginterrupt(signal.SIGALRM, True)
attempt('os.read', os.read, r, 1)
