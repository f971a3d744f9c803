# The end of a program: it waits for threads, not for daemons, wherever these are.
import atexit
import os
import Queue
import sys
import threading
import time

sys.stderr = sys.stdout


def late():
    time.sleep(.1)
    print 'the last thread ends'
    sys.stdout.flush()


def spin():
    while 1:
        pass


def daemon(target, *args):
    t = threading.Thread(target=target, args=args)
    t.daemon = True
    t.start()


r, w = os.pipe()
lock = threading.Lock()
lock.acquire()
for i in range(3):
    daemon(spin)
daemon(time.sleep, 1000)
daemon(lock.acquire)
daemon(os.read, r, 1)
daemon(Queue.Queue().get)
daemon(lambda: threading.Event().wait(1000))
threading.Thread(target=late).start()
atexit.register(lambda: (sys.stdout.write('at exit\n'), sys.stdout.flush()))
print 'main ends'
sys.stdout.flush()
