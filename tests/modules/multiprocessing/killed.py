# Processes killed in the middle of things: nothing but what they held is affected.
import multiprocessing
import os
import signal
import time


def holds(semaphore, w):
    semaphore.acquire()
    w.send('held')
    time.sleep(60)


def floods(q):
    while True:
        q.put('x' * 1000)


def takes_and_gives(semaphore, count, ready):
    ready.release()
    while True:
        with semaphore:
            count.value += 1


def writes_half(fd):
    os.write(fd, '\0\0\1\0half')
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == '__main__':
    r, w = multiprocessing.Pipe(False)
    semaphore = multiprocessing.Semaphore(1)
    p = multiprocessing.Process(target=holds, args=(semaphore, w))
    p.start()
    print r.recv()
    os.kill(p.pid, signal.SIGKILL)
    p.join()
    print p.exitcode, semaphore.acquire(True, 0.05), semaphore.get_value()
    semaphore.release()
    print semaphore.acquire(), semaphore.get_value()

    q = multiprocessing.Queue()
    p = multiprocessing.Process(target=floods, args=(q,))
    p.start()
    print len(q.get())
    os.kill(p.pid, signal.SIGKILL)
    p.join()
    print p.exitcode

    for i in range(5):
        semaphore, count = multiprocessing.Semaphore(1), multiprocessing.RawValue('i', 0)
        ready = multiprocessing.Semaphore(0)
        ps = [multiprocessing.Process(target=takes_and_gives, args=(semaphore, count, ready)) for j in range(2)]
        for p in ps:
            p.start()
        for p in ps:
            ready.acquire()
        for p in ps:
            p.terminate()
        for p in ps:
            p.join()
        assert semaphore.get_value() in (0, 1)
        if semaphore.get_value() == 0:
            semaphore.release()
        assert semaphore.acquire(True, 5)
        semaphore.release()
    print 'semaphores are whole'

    r, w = multiprocessing.Pipe(False)
    p = multiprocessing.Process(target=writes_half, args=(w.fileno(),))
    p.start()
    p.join()
    w.close()
    try:
        r.recv_bytes()
    except IOError as e:
        print e

    # What a process held is given back: many live and die.
    for i in range(60):
        lock = multiprocessing.Lock()
        value = multiprocessing.RawArray('c', 200000)
        pid = os.fork()
        if pid == 0:
            lock.acquire()
            value[i] = 'x'
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(pid, 0)
        assert value[i] == 'x' and not lock.acquire(False)
    print 'ended'
