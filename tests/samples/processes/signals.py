# signals
import signal, os, sys, time, errno
got = []
def h(n, f): got.append((n, f.f_code.co_name))
print signal.signal(signal.SIGUSR1, h), signal.getsignal(signal.SIGUSR1) is h, signal.signal(signal.SIGUSR2, signal.SIG_IGN)
def work():
    os.kill(os.getpid(), signal.SIGUSR1)
    for i in range(100): pass
work(); os.kill(os.getpid(), signal.SIGUSR2); print got
print signal.alarm(10), signal.alarm(0), signal.getitimer(signal.ITIMER_REAL)
signal.signal(signal.SIGALRM, h); del got[:]
print signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
while len(got) < 3: time.sleep(0.005) if 0 else None
print [g[0] for g in got[:3]], signal.setitimer(signal.ITIMER_REAL, 0)[1]
for n in (0, 65, -1, signal.SIGKILL, signal.SIGSTOP):
    try: signal.signal(n, h)
    except (ValueError, RuntimeError), e: print n, type(e).__name__, e
try: signal.signal(signal.SIGUSR1, 5)
except TypeError, e: print e
try: signal.setitimer(99, 1)
except signal.ItimerError, e: print 'ItimerError', e
try: signal.setitimer(signal.ITIMER_REAL, -1)
except signal.ItimerError, e: print 'ItimerError', e
def nested(n, f):
    got.append('outer start'); os.kill(os.getpid(), signal.SIGUSR2); got.append('outer end')
del got[:]; signal.signal(signal.SIGUSR1, nested); signal.signal(signal.SIGUSR2, lambda n, f: got.append('inner'))
os.kill(os.getpid(), signal.SIGUSR1); print got
class TimeoutError(Exception): pass
def timeout(sec):
    def deco(f):
        def w(*a, **k):
            def handler(s, fr): raise TimeoutError('%s timed out' % f.__name__)
            old = signal.signal(signal.SIGALRM, handler); signal.setitimer(signal.ITIMER_REAL, sec)
            try: return f(*a, **k)
            finally: signal.setitimer(signal.ITIMER_REAL, 0); signal.signal(signal.SIGALRM, old)
        return w
    return deco
@timeout(0.05)
def forever():
    while True: pass
@timeout(0.05)
def quick(): return 'quick'
print quick()
try: forever()
except TimeoutError, e: print e
try:
    signal.signal(signal.SIGINT, signal.default_int_handler); os.kill(os.getpid(), signal.SIGINT)
    time.sleep(1)
except KeyboardInterrupt: print 'KI'
r, w = os.pipe()
import fcntl
fcntl.fcntl(w, fcntl.F_SETFL, os.O_NONBLOCK); fcntl.fcntl(r, fcntl.F_SETFL, os.O_NONBLOCK)
print signal.set_wakeup_fd(w); os.kill(os.getpid(), signal.SIGUSR2); time.sleep(0.01); print repr(os.read(r, 10)), signal.set_wakeup_fd(-1) == w
print signal.siginterrupt(signal.SIGUSR2, False), sorted(x for x in dir(signal) if x.startswith('SIG'))[:8], signal.NSIG
signal.signal(signal.SIGCHLD, lambda n, f: got.append(os.waitpid(-1, os.WNOHANG)[1])); del got[:]
if os.fork() == 0: os._exit(3)
while not got: time.sleep(0.01) if 0 else None
print got
def bad(n, f): raise ValueError('from handler')
signal.signal(signal.SIGUSR1, bad)
try:
    os.kill(os.getpid(), signal.SIGUSR1)
    for i in xrange(1000): pass
except ValueError, e: print 'ValueError', e
print signal.pause.__doc__ is not None
signal.signal(signal.SIGALRM, lambda n, f: sys.stdout.write('alarm\n')); signal.setitimer(signal.ITIMER_REAL, 0.02); signal.pause(); print 'paused'
try: os.kill(99999999, 0)
except OSError, e: print e
os.kill(os.getpid(), signal.SIGUSR1)
for i in xrange(1000): pass
