# signal: handlers, os.kill to oneself, default handlers.
import signal, os, time
got = []
def h(n, frame): got.append((n, frame.f_code.co_name))
print signal.signal(signal.SIGUSR1, h), signal.getsignal(signal.SIGUSR1) is h, signal.getsignal(signal.SIGINT) is signal.default_int_handler, signal.SIG_DFL, signal.SIG_IGN, signal.SIGINT, signal.NSIG
os.kill(os.getpid(), signal.SIGUSR1)
for i in xrange(1000): pass
print got
try:
    os.kill(os.getpid(), signal.SIGINT)
    for i in xrange(100000): pass
except KeyboardInterrupt:
    print 'interrupted'
def bad(n, f): raise ValueError('from handler')
signal.signal(signal.SIGUSR1, bad)
try:
    os.kill(os.getpid(), signal.SIGUSR1)
    while 1: pass
except ValueError as e:
    print e
for text in ('signal.signal(999, h)', 'signal.signal(signal.SIGUSR1, 5)', 'signal.signal(signal.SIGKILL, h)', 'signal.getsignal(0)', 'os.kill(os.getpid(), 999)', 'signal.default_int_handler()'):
    try:
        print eval(text)
    except (Exception, KeyboardInterrupt) as e:
        print text, type(e).__name__, e
