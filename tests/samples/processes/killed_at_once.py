# commands that are killed as soon as they are started
from subprocess import Popen, PIPE
import signal, os, time, threading
for k in range(3):
    p = Popen(['sleep', '5']); p.kill(); print p.wait(),
    p = Popen(['sleep', '5']); p.terminate(); print p.wait(),
    p = Popen('sleep 5', shell=True); p.send_signal(signal.SIGHUP); print p.wait(),
    p = Popen(['sleep', '5'], stdout=PIPE); os.kill(p.pid, signal.SIGUSR1); print p.communicate(), p.returncode
ps = [Popen(['sleep', '5']) for i in range(4)]
for i, p in enumerate(ps): p.send_signal((signal.SIGKILL, signal.SIGTERM)[i % 2])
print [p.wait() for p in ps]
for i in range(3):
    pid = os.fork()
    if not pid:
        try: time.sleep(5)
        finally: os._exit(1)
    os.kill(pid, signal.SIGKILL); print os.waitpid(pid, 0)[1],
p = Popen(['sleep', '0.1']); threading.Timer(0.02, p.kill).start(); print p.wait(), p.poll()
p = Popen(['sleep', '5']); os.kill(p.pid, signal.SIGSTOP); print os.WIFSTOPPED(os.waitpid(p.pid, os.WUNTRACED)[1]); os.kill(p.pid, signal.SIGCONT); os.kill(p.pid, signal.SIGTERM); print p.wait()
