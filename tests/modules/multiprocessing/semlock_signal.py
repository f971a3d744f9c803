# A signal runs its handler while a semaphore is waited for; the wait goes on, unless the handler raises.
import _multiprocessing
import signal
import time

s = _multiprocessing.SemLock(1, 0, 1)


def says(number, frame):
    print 'handled'


def raises(number, frame):
    raise ValueError('raised')


signal.signal(signal.SIGALRM, says)
signal.setitimer(signal.ITIMER_REAL, 0.1)
start = time.time()
print s.acquire(True, 0.4), time.time() - start > 0.35
signal.signal(signal.SIGALRM, raises)
signal.setitimer(signal.ITIMER_REAL, 0.1)
try:
    s.acquire()
except ValueError as e:
    print e
print s._get_value(), s._count()
