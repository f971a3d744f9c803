# The figures of `npm run bench -- kernel`. Each function below sets one up and answers a function that does
# its operation n times. Run with a function's name this reads numbers n, a line each, and answers each with the
# seconds that so many operations took: what is set up, and warm, stays so from line to line.
import os
import sys
import time


def fork():
    '''A process with 32 MiB of data forks; the child ends, and the parent has waited for it.'''
    ballast = 'x' * (32 << 20)

    def measure(n):
        for i in xrange(n):
            pid = os.fork()
            if pid == 0:
                os._exit(ballast is None)
            assert os.waitpid(pid, 0) == (pid, 0)
    return measure


def thread():
    '''A thread is started and joined.'''
    import threading
    done = []

    def measure(n):
        for i in xrange(n):
            t = threading.Thread(target=done.append, args=(i,))
            t.start()
            t.join()
        assert len(done) == n
        del done[:]
    return measure


def queue():
    '''An item goes through a Queue.Queue from one thread to another.'''
    import threading
    from Queue import Queue
    items = Queue()
    orders = Queue()

    def produce():
        while True:
            for i in xrange(orders.get()):
                items.put(i)
    producer = threading.Thread(target=produce)
    producer.daemon = True
    producer.start()

    def measure(n):
        orders.put(n)
        for i in xrange(n):
            assert items.get() == i
    return measure


def between_processes(send, receive):
    from multiprocessing import Pipe, Process
    orders, there = Pipe()

    def produce():
        while True:
            for i in xrange(there.recv()):
                send(i)
    producer = Process(target=produce)
    producer.daemon = True
    producer.start()

    def measure(n):
        orders.send(n)
        for i in xrange(n):
            assert receive() == i
    return measure


def mp_queue():
    '''An item goes through a multiprocessing.Queue from one process to another.'''
    from multiprocessing import Queue
    items = Queue()
    return between_processes(items.put, items.get)


def mp_pipe():
    '''An item goes through a multiprocessing.Pipe from one process to another.'''
    from multiprocessing import Pipe
    reader, writer = Pipe(False)
    return between_processes(writer.send, reader.recv)


def os_pipe():
    '''A forked child writes 64 KiB into an os.pipe, and the parent reads them.'''
    size = 64 * 1024
    block = 'x' * size
    orders, give_order = os.pipe()
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.close(give_order)
        while True:
            order = os.read(orders, 8)
            if not order:
                os._exit(0)
            for i in xrange(int(order)):
                left = size
                while left:
                    left -= os.write(writer, block if left == size else block[-left:])
    os.close(writer)

    def measure(n):
        os.write(give_order, '%8d' % n)
        left = n * size
        while left:
            left -= len(os.read(reader, size))
    return measure


def lock():
    '''A lock is acquired and released, which nobody else wants.'''
    import thread

    def measure(n):
        lock = thread.allocate_lock()
        for i in xrange(n):
            lock.acquire()
            lock.release()
    return measure


def http():
    '''A request to an HTTP server in a thread of the same process, and its answer.'''
    import threading
    import urllib2
    from BaseHTTPServer import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header('Content-Type', 'text/plain')
            self.send_header('Content-Length', '5')
            self.end_headers()
            self.wfile.write('hello')

        def log_message(self, *args):
            pass

    server = HTTPServer(('127.0.0.1', 0), Handler)
    server_thread = threading.Thread(target=server.serve_forever)
    server_thread.daemon = True
    server_thread.start()
    url = 'http://127.0.0.1:%d/' % server.server_port
    opener = urllib2.build_opener(urllib2.ProxyHandler({}))

    def measure(n):
        for i in xrange(n):
            assert opener.open(url).read() == 'hello'
    return measure


def work(n):
    total = 0
    for i in xrange(n):
        total += i * i % 7
    return total


def one_after_another():
    '''Four processes work, one after another.'''
    from multiprocessing import Process

    def measure(n):
        for i in range(4):
            process = Process(target=work, args=(n,))
            process.start()
            process.join()
            assert process.exitcode == 0
    return measure


def at_once():
    '''Four processes work at once.'''
    from multiprocessing import Process

    def measure(n):
        processes = [Process(target=work, args=(n,)) for i in range(4)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
            assert process.exitcode == 0
    return measure


if __name__ == '__main__':
    measure = globals()[sys.argv[1]]()
    while True:
        line = sys.stdin.readline()
        if not line:
            break
        started = time.time()
        measure(int(line))
        sys.stdout.write('%.9f\n' % (time.time() - started))
        sys.stdout.flush()
