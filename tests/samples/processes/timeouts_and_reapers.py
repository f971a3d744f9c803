# timeouts on commands, zombie reaper with SIGCHLD, select on self-pipe
import os, sys, signal, subprocess, time, fcntl, select, errno
class Timeout(Exception): pass
def run(cmd, timeout):
    p = subprocess.Popen(cmd, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=os.setsid)
    def onalarm(s, f): raise Timeout()
    old = signal.signal(signal.SIGALRM, onalarm); signal.setitimer(signal.ITIMER_REAL, timeout)
    try: out = p.communicate()[0]; signal.setitimer(signal.ITIMER_REAL, 0)
    except Timeout:
        os.killpg(p.pid, signal.SIGKILL); p.wait(); out = 'TIMEOUT'
    finally: signal.signal(signal.SIGALRM, old)
    return out, p.returncode
print run('echo quick; exit 3', 5), run('sleep 10; echo never', 0.3)
dead = []
r, w = os.pipe()
for fd in (r, w): fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_NONBLOCK)
def chld(s, f):
    while 1:
        try: pid, st = os.waitpid(-1, os.WNOHANG)
        except OSError, e: break
        if pid == 0: break
        dead.append(os.WEXITSTATUS(st)); os.write(w, 'c')
signal.signal(signal.SIGCHLD, chld)
for i in range(4):
    sys.stdout.flush()
    if os.fork() == 0: time.sleep(0.02 * i); os._exit(i)
while len(dead) < 4:
    try: rd, _, _ = select.select([r], [], [], 3)
    except select.error, e:
        if e.args[0] != errno.EINTR: raise
        continue
    if not rd: print 'stuck'; break
    os.read(r, 100)
print sorted(dead)
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if os.fork() == 0: os._exit(3)
time.sleep(0.1)
try: os.wait()
except OSError, e: print e
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
p = subprocess.Popen(['sh', '-c', 'trap "" TERM; echo up; sleep 0.3; echo survived'], stdout=subprocess.PIPE); print p.stdout.readline(),; p.terminate(); print p.communicate()[0], p.returncode
n = [0]
def tick(s, f): n[0] += 1
signal.signal(signal.SIGALRM, tick); signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
while n[0] < 6: pass
signal.setitimer(signal.ITIMER_REAL, 0); print n[0] > 5
signal.signal(signal.SIGVTALRM, tick); n[0] = 0; signal.setitimer(signal.ITIMER_VIRTUAL, 0.02)
for i in xrange(10 ** 7):
    if n[0]: break
print n
