# Lock, RLock, Semaphore, BoundedSemaphore, Condition, Event between processes.
import multiprocessing
import time


def waits(event, out):
    out.put(event.wait(10))


def consumer(condition, ready, out):
    with condition:
        ready.release()
        condition.wait()
        out.put('woken')


def attempt(f, *args):
    try:
        print f(*args)
    except Exception as e:
        print type(e).__name__, e


def worker(semaphore, inside, most):
    for i in range(20):
        with semaphore:
            with inside.get_lock():
                inside.value += 1
                most.value = max(most.value, inside.value)
            with inside.get_lock():
                inside.value -= 1


if __name__ == '__main__':
    event, out = multiprocessing.Event(), multiprocessing.Queue()
    print event.is_set(), event.wait(0.01)
    ps = [multiprocessing.Process(target=waits, args=(event, out)) for i in range(3)]
    for p in ps:
        p.start()
    event.set()
    print [out.get() for p in ps], event.is_set()
    event.clear()
    print event.is_set()

    condition, ready = multiprocessing.Condition(), multiprocessing.Semaphore(0)
    ps = [multiprocessing.Process(target=consumer, args=(condition, ready, out)) for i in range(3)]
    for p in ps:
        p.start()
    for p in ps:
        ready.acquire()
    with condition:
        condition.notify()
    print out.get()
    with condition:
        condition.notify_all()
    print out.get(), out.get()
    for p in ps:
        p.join()
    with condition:
        condition.wait(0.01)
    attempt(condition.notify)

    lock, rlock = multiprocessing.Lock(), multiprocessing.RLock()
    print lock, rlock
    lock.acquire()
    rlock.acquire()
    rlock.acquire()
    print lock, rlock, lock.acquire(False)
    lock.release()
    attempt(lock.release)
    rlock.release()
    rlock.release()
    attempt(rlock.release)
    bounded = multiprocessing.BoundedSemaphore(2)
    print bounded, bounded.get_value()
    attempt(bounded.release)
    semaphore = multiprocessing.Semaphore(2)
    semaphore.release()
    print semaphore, semaphore.get_value()

    semaphore = multiprocessing.Semaphore(2)
    inside, most = multiprocessing.Value('i', 0), multiprocessing.Value('i', 0)
    ps = [multiprocessing.Process(target=worker, args=(semaphore, inside, most)) for i in range(4)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()
    print inside.value, 1 <= most.value <= 2, semaphore.get_value()
