# _multiprocessing.SemLock by itself: kinds, counts, limits, errors.
import _multiprocessing
import threading

SemLock = _multiprocessing.SemLock
MUTEX, SEMAPHORE = 0, 1


def attempt(f, *args, **kw):
    try:
        print repr(f(*args, **kw))
    except Exception as e:
        print type(e).__name__, e


def kind_of(*args, **kw):
    return type(SemLock(*args, **kw)).__name__


for args in [(), (5, 1, 1), (0, 2, 1), (1, -1, 1), (1, 0, 0), (1, 1, 5, 6), (1, 2 ** 40, 1), ('a', 1, 1),
             (1, 1, 2 ** 31 - 1), (1, 0, -1)]:
    print args,
    attempt(kind_of, *args)
attempt(kind_of, kind=1, value=1, maxvalue=3)

s = SemLock(SEMAPHORE, 1, 2)
print s.kind, s.maxvalue, type(s.handle), type(s.kind), SemLock.SEM_VALUE_MAX
for args in [(), (False,), (True, 0.05), (True, -1), (True, 'a'), (False, None), (0, 5)]:
    print args,
    attempt(s.acquire, *args)
attempt(s.acquire, block=False)
for f in (s._count, s._is_mine, s._get_value, s._is_zero, s.release, s.release, s.release, s._count,
          s._get_value, s.__enter__, s.__exit__):
    attempt(f)
attempt(s.__exit__, 1, 2, 3)
attempt(s._after_fork)
attempt(s._count)
attempt(setattr, s, 'kind', 3)
attempt(setattr, s, 'foo', 3)
attempt(SemLock._rebuild)

print 'mutex'
r = SemLock(MUTEX, 1, 1)
for f in (r.release, r.acquire, r.acquire, r._count, r._is_mine, r._get_value, r._is_zero, r.release,
          r.release, r.release, r._count):
    attempt(f)
r.acquire()


def other():
    for f in (r.release, r._is_mine, r._count, r._is_zero):
        attempt(f)
    attempt(r.acquire, False)


t = threading.Thread(target=other)
t.start()
t.join()

print 'a thread waits'
s = SemLock(SEMAPHORE, 0, 1)
log = []


def waits():
    log.append(s.acquire())
    log.append(s.acquire(True, 0.01))


t = threading.Thread(target=waits)
t.start()
s.release()
t.join()
print log, s._get_value()
