# fork trees, waitpid statuses
import os, sys, time, signal, errno
def child(f):
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        try: st = f() or 0
        except SystemExit, e: st = e.code
        os._exit(st)
    return pid
def show(st):
    return (st, os.WIFEXITED(st), os.WEXITSTATUS(st), os.WIFSIGNALED(st), os.WTERMSIG(st), os.WCOREDUMP(st), os.WIFSTOPPED(st), os.WIFCONTINUED(st))
for f in (lambda: 0, lambda: 3, lambda: 255, lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os.kill(os.getpid(), signal.SIGTERM), lambda: sys.exit(9)):
    pid = child(f)
    p, st = os.waitpid(pid, 0)
    print p == pid, show(st)
def tree(depth, name):
    kids = []
    for i in range(2):
        if depth:
            kids.append(child(lambda i=i: tree(depth - 1, name + str(i))))
    total = 1
    for k in kids:
        _, st = os.waitpid(k, 0); total += os.WEXITSTATUS(st)
    return total
print tree(3, 'r')
try: os.wait()
except OSError, e: print e.errno == errno.ECHILD, e
try: os.waitpid(99999999, 0)
except OSError, e: print e
pid = child(lambda: time.sleep(0.1))
print os.waitpid(pid, os.WNOHANG)
p, st, ru = os.wait4(pid, 0); print p == pid, st, len(ru), type(ru).__name__
pid = child(lambda: 4); p, st, ru = os.wait3(0); print p == pid, st >> 8, ru.ru_utime >= 0
pid = child(lambda: time.sleep(3))
os.kill(pid, signal.SIGSTOP); p, st = os.waitpid(pid, os.WUNTRACED); print os.WIFSTOPPED(st), os.WSTOPSIG(st) == signal.SIGSTOP
os.kill(pid, signal.SIGCONT); p, st = os.waitpid(pid, os.WCONTINUED); print os.WIFCONTINUED(st), hex(st)
os.kill(pid, signal.SIGTERM); p, st = os.waitpid(pid, 0); print show(st)[:5]
pids = [child(lambda i=i: time.sleep(0.02 * (3 - i)) or i) for i in range(3)]
print sorted(os.WEXITSTATUS(os.wait()[1]) for i in range(3))
print os.getppid() > 0, os.getpgrp() == os.getpid(), os.getsid(0) > 0
pid = child(lambda: (os.setsid() == os.getpid()) + 2 * (os.getpgrp() == os.getpid())); print os.WEXITSTATUS(os.waitpid(pid, 0)[1])
