# set_wakeup_fd and siginterrupt.
import errno
import os
import select
import signal
import threading

r, w = os.pipe()
os.close(r)
for fd in -1, w, 999, 'x', r:
    try:
        print fd == w and 'w' or fd, signal.set_wakeup_fd(fd) in (-1, w)
    except Exception, e:
        print type(e).__name__, e
signal.set_wakeup_fd(-1)
os.close(w)
r, w = os.pipe()
import fcntl
for fd in r, w:
    fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK)


def read():
    try:
        return repr(os.read(r, 100))
    except OSError, e:
        return errno.errorcode[e.errno]


signal.signal(signal.SIGUSR1, lambda number, frame: None)
print signal.set_wakeup_fd(w) == -1, read()
os.kill(os.getpid(), signal.SIGUSR1)
print read(), read()
for i in range(3):
    os.kill(os.getpid(), signal.SIGUSR1)
print read()
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
os.kill(os.getpid(), signal.SIGUSR1)
print read()
signal.signal(signal.SIGUSR1, lambda number, frame: None)

# It wakes a select in which nothing else would.
pid = os.fork()
if pid == 0:
    import time
    time.sleep(.2)
    os.kill(os.getppid(), signal.SIGUSR1)
    os._exit(0)
try:
    print select.select([r], [], [], 20)
except select.error, e:
    print errno.errorcode[e[0]], select.select([r], [], [], 20) == ([r], [], []), read()
while 1:
    try:
        print os.waitpid(pid, 0)[1]
        break
    except OSError, e:
        print errno.errorcode[e.errno]

# A handler that raises, an alarm.
def fails(number, frame):
    raise KeyError(number)

signal.signal(signal.SIGALRM, fails)
signal.setitimer(signal.ITIMER_REAL, .05)
try:
    while 1:
        pass
except KeyError, e:
    print 'KeyError', e, read()
print signal.set_wakeup_fd(-1) == w
os.kill(os.getpid(), signal.SIGUSR1)
print read()
t = threading.Thread(target=lambda: attempt())


def attempt():
    try:
        signal.set_wakeup_fd(w)
        print 'set'
    except ValueError, e:
        print e


t.start()
t.join()
signal.set_wakeup_fd(-1)

for args in [(signal.SIGUSR1, 0), (signal.SIGUSR1, True), (0, 1), (65, 1), (-1, 0), ('x', 1), (1,)]:
    try:
        print signal.siginterrupt(*args)
    except Exception, e:
        print type(e).__name__, e
