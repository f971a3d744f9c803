# handlers do not nest at ticks
import signal, os, time, sys
got = []
K = lambda s: os.kill(os.getpid(), s)
def case(name, f1, f2=None):
    del got[:]
    signal.signal(signal.SIGUSR1, f1)
    signal.signal(signal.SIGUSR2, f2 or (lambda n, f: got.append('inner')))
    signal.signal(signal.SIGHUP, lambda n, f: got.append('hup'))
    try:
        K(signal.SIGUSR1)
        for i in xrange(300): pass
    except Exception, e: got.append(type(e).__name__ + ' ' + str(e))
    for i in xrange(300): pass
    print name, got
def spin(n=2000):
    for i in xrange(n): pass
def a(n, f):
    got.append('a'); K(signal.SIGUSR2); spin(); got.append('/a')
case('spin', a)
def b(n, f):
    got.append('b'); K(signal.SIGUSR2); time.sleep(0.01); got.append('/b')
case('sleep', b)
def c(n, f):
    got.append('c'); K(signal.SIGHUP); K(signal.SIGUSR2); spin(); got.append('/c')
case('two', c)
def d(n, f):
    got.append('d'); K(signal.SIGUSR2); spin(); raise ValueError('from d')
case('raise', d)
spin(); print got
def e(n, f):
    got.append('e'); signal.setitimer(signal.ITIMER_REAL, 0.02); r, w = os.pipe()
    signal.signal(signal.SIGALRM, lambda n, f: got.append('alrm'))
    try: os.read(r, 1)
    except OSError, x: got.append(str(x))
    got.append('/e')
case('read', e)
def g(n, f):
    got.append('g'); signal.setitimer(signal.ITIMER_REAL, 0.02)
    signal.signal(signal.SIGALRM, lambda n, f: got.append('alrm'))
    time.sleep(0.1); got.append('/g')
case('alarm in sleep', g)
def h(n, f):
    if len(got) < 4: got.append('h'); K(signal.SIGUSR1); spin(); got.append('/h')
case('self', h)
def j(n, f):
    got.append('j'); K(signal.SIGUSR2); repr(got); 10 ** 5; [].sort(); got.append('/j')
case('repr', j)
def k(n, f):
    got.append('k')
    if os.fork() == 0: got.append('child'); os._exit(0)
    try: os.wait()
    except OSError, x: got.append(str(x))
signal.signal(signal.SIGCHLD, lambda n, f: got.append('chld'))
case('fork', k)
def l(n, f): K(signal.SIGUSR2); spin(); sys.exit(3)
print 'last'
try: case('exit', l, lambda n, f: got.append('late'))
except SystemExit: spin(); print got
def m(n, f):
    got.append('m'); K(signal.SIGINT); spin(); got.append('/m')
signal.signal(signal.SIGINT, signal.default_int_handler)
try: case('int', m)
except KeyboardInterrupt: print 'KI', got
