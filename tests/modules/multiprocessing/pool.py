# Pool: map, imap, apply, errors in workers, initializers, maxtasksperchild, terminate.
import multiprocessing
import os
import time


def square(x):
    return x * x


def fails(x):
    if x == 3:
        raise ValueError('three')
    return x


class Custom(Exception):
    def __init__(self, a, b):
        Exception.__init__(self, a, b)


def custom(x):
    raise Custom(x, 'b')


def start(value):
    global started
    started = value


def get_started(_):
    return started


def pid(_):
    return os.getpid()


def attempt(f, *args):
    try:
        print f(*args)
    except Exception as e:
        print type(e).__name__, e


if __name__ == '__main__':
    pool = multiprocessing.Pool(3)
    print pool.map(square, range(20)), pool.map(square, []), pool.map(square, xrange(50), 7)[-1]
    print pool.apply(square, (9,)), pool.apply_async(square, (5,)).get(10)
    print list(pool.imap(square, range(5))), sorted(pool.imap_unordered(square, range(5), 2))
    attempt(pool.map, fails, range(6))
    attempt(pool.apply, custom, (1,))
    attempt(pool.apply_async(fails, (3,)).get)
    done = []
    result = pool.map_async(square, range(4), callback=done.append)
    result.wait()
    print result.ready(), result.successful(), result.get(), done
    slow = pool.apply_async(time.sleep, (60,))
    attempt(slow.get, 0.05)
    print slow.ready()
    pool.terminate()
    pool.join()
    pool = multiprocessing.Pool(2, start, ('given',), maxtasksperchild=2)
    print pool.map(get_started, range(4), 1)
    print len(set(pool.map(pid, range(8), 1))) >= 3
    pool.close()
    attempt(pool.map, square, [1])
    pool.join()
