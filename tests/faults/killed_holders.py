# A process that is killed takes nothing along: what it held is free again or stays as CPython's would, and
# who waits for it is told.
import errno
import multiprocessing
import os
import signal
import time


def child(work, *args):
    pid = os.fork()
    if pid == 0:
        try:
            work(*args)
        finally:
            os._exit(99)
    return pid


def kill(pid):
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0) == (pid, signal.SIGKILL)


# The write side of a full pipe.
def fill(w):
    while 1:
        os.write(w, 'x' * 5000)

r, w = os.pipe()
pid = child(fill, w)
os.close(w)
total = len(os.read(r, 10))
time.sleep(.1)
print 'full pipe', kill(pid),
while 1:
    part = os.read(r, 100000)
    if not part:
        break
    total += len(part)
print total > 10, repr(os.read(r, 1))
os.close(r)

# The read side: the writer gets EPIPE.
r, w = os.pipe()
pid = child(os.read, r, 1)
os.close(r)
print 'reader', kill(pid),
try:
    os.write(w, 'x')
except OSError, e:
    print errno.errorcode[e.errno], e
os.close(w)

# A lock stays taken, a semaphore is one short.
lock = multiprocessing.Lock()
r, w = os.pipe()

def hold():
    lock.acquire()
    os.write(w, 'x')
    time.sleep(1000)

pid = child(hold)
os.read(r, 1)
print 'lock', kill(pid), lock.acquire(False), lock.acquire(True, .05)
semaphore = multiprocessing.Semaphore(2)

def hold_one():
    semaphore.acquire()
    os.write(w, 'x')
    time.sleep(1000)

pid = child(hold_one)
os.read(r, 1)
print 'semaphore', kill(pid), semaphore.acquire(False), semaphore.acquire(False)

# One that waits for it: others get theirs.
gate = multiprocessing.Semaphore(0)
pids = [child(gate.acquire) for _ in range(3)]
time.sleep(.1)
print 'waiting', kill(pids[1]),
gate.release()
gate.release()
print [os.waitpid(pid, 0)[1] >> 8 for pid in pids[::2]], gate.acquire(False)

# In the middle of forking.
def fork_on():
    while 1:
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)

for i in range(4):
    pid = child(fork_on)
    time.sleep(.05 + .02 * i)
    print 'forking', kill(pid)

# A message that never comes: the peer died.
here, there = multiprocessing.Pipe()

def say():
    here.close()
    there.send('hello')
    time.sleep(1000)

pid = child(say)
there.close()
print 'peer', here.recv(),
print kill(pid),
try:
    here.recv()
except EOFError:
    print 'EOFError'
try:
    here.send(1)
except IOError, e:
    print errno.errorcode[e.errno]

# Half a message.
here, there = multiprocessing.Pipe(False)

def half():
    os.write(there.fileno(), '\0\0\0\x10half')
    time.sleep(1000)

pid = child(half)
there.close()
print 'half', here.poll(20), kill(pid),
try:
    here.recv()
except IOError, e:
    print e
except EOFError, e:
    print 'EOFError', e

# All locks of the kernel's own, wherever the knife falls: many short calls.
r, w = os.pipe()

def busy():
    while 1:
        a, b = os.pipe()
        os.write(b, 'x' * 100)
        os.read(a, 100)
        os.close(a)
        os.close(b)
        multiprocessing.Semaphore(1)
        os.write(w, 'y')
        os.read(r, 1)

for i in range(8):
    pids = [child(busy) for _ in range(2)]
    time.sleep(.02 + .007 * i)
    print all([kill(pid) for pid in pids]),
print
os.write(w, 'z')
print os.read(r, 100000)[-1]
try:
    os.wait()
except OSError, e:
    print errno.errorcode[e.errno]
