# Orphans, zombies, and waiting for nobody.
import errno
import os
import signal
import time


def code(f, *args):
    try:
        return f(*args)
    except OSError, e:
        return errno.errorcode[e.errno]


def child(work, *args):
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(work(*args) or 0)
        finally:
            os._exit(99)
    return pid


print code(os.wait), code(os.waitpid, -1, 0), code(os.waitpid, -1, os.WNOHANG), code(os.waitpid, 1, 0)

# A zombie is there for signals, until it was waited for.
seen = []
signal.signal(signal.SIGCHLD, lambda number, frame: seen.append(number))
pid = child(int)
while not seen:
    time.sleep(.01)
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
print code(os.kill, pid, 0), code(os.kill, pid, 9), code(os.getpgid, pid) == os.getpgrp()
print code(os.waitpid, pid, 0) == (pid, 0), code(os.kill, pid, 0), code(os.waitpid, pid, 0)
print code(os.getpgid, pid), code(os.getsid, pid)

# WNOHANG while it lives; somebody else's child.
r, w = os.pipe()
pid = child(lambda: len(os.read(r, 1)) + 4)
print code(os.waitpid, pid, os.WNOHANG), code(os.waitpid, -1, os.WNOHANG)
other = child(lambda: code(os.waitpid, pid, 0) == 'ECHILD')
print os.waitpid(other, 0)[1] >> 8
os.write(w, 'x')
print os.waitpid(pid, 0)[1] >> 8

# By group.
def in_group():
    os.setpgid(0, 0)
    os.write(w, 'x')
    return 6

pid = child(in_group)
os.read(r, 1)
print code(os.waitpid, 0, 0), code(os.waitpid, -pid, 0) == (pid, 6 << 8), code(os.waitpid, -pid, 0)

# Orphans get another parent, go on, and leave no trace.
def parent():
    pid = os.fork()
    if pid:
        return 0
    while os.getppid() == here:
        time.sleep(.01)
    os.write(w, 'orphan')
    return 0

def run_parent():
    global here
    here = os.getpid()
    return parent()

pid = child(run_parent)
print os.waitpid(pid, 0)[1], os.read(r, 100), code(os.wait)

# Ended children of a parent that never waits are gone with it.
def careless():
    for i in range(10):
        child(int)
    time.sleep(.1)
    return 0

for i in range(3):
    print os.waitpid(child(careless), 0)[1],
print code(os.wait)

# Who ignores SIGCHLD has no zombies; waiting is over when the last child is.
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
pids = [child(time.sleep, .05 * i) for i in range(3)]
print code(os.wait), [code(os.kill, pid, 0) for pid in pids]
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
print os.waitpid(child(lambda: 5), 0)[1] >> 8

# SIGCHLD comes, once or more, and interrupts.
del seen[:]
signal.signal(signal.SIGCHLD, lambda number, frame: seen.append(number))
pid = child(time.sleep, .2)
try:
    time.sleep(100)
except IOError, e:
    print errno.errorcode[e.errno],
print seen, os.waitpid(pid, 0) == (pid, 0)
