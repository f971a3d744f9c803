# Queue, SimpleQueue, JoinableQueue between processes, with their limits.
import multiprocessing
from multiprocessing.queues import SimpleQueue
import Queue
import time


def numbers(q, first, n):
    for i in xrange(first, first + n):
        q.put(i)
    q.put(None)


def workers(q, done):
    while True:
        item = q.get()
        done.put(item * item)
        q.task_done()


def attempt(f, *args):
    try:
        print f(*args)
    except Exception as e:
        print type(e).__name__, e


if __name__ == '__main__':
    q = multiprocessing.Queue()
    ps = [multiprocessing.Process(target=numbers, args=(q, i * 1000, 500)) for i in range(3)]
    for p in ps:
        p.start()
    got, ended = [], 0
    while ended < 3:
        item = q.get()
        if item is None:
            ended += 1
        else:
            got.append(item)
    for p in ps:
        p.join()
    print len(got), sum(got), q.empty(), q.qsize()

    q = multiprocessing.Queue(2)
    q.put(1)
    q.put('x' * 100000)
    print q.full()
    attempt(q.put, 3, False)
    attempt(q.put, 3, True, 0.05)
    print q.get(), len(q.get())
    attempt(q.get_nowait)
    attempt(q.get, True, 0.05)
    q.put([1, {2: u'3'}])
    print q.get(True, 5)
    q.close()
    q.join_thread()
    attempt(q.put, 1)

    q = SimpleQueue()
    p = multiprocessing.Process(target=numbers, args=(q, 0, 5))
    p.start()
    print [q.get() for i in range(6)], q.empty()
    p.join()

    q, done = multiprocessing.JoinableQueue(), multiprocessing.Queue()
    for i in range(3):
        p = multiprocessing.Process(target=workers, args=(q, done))
        p.daemon = True
        p.start()
    for i in range(20):
        q.put(i)
    q.join()
    print sorted(done.get() for i in range(20))
    attempt(q.task_done)
