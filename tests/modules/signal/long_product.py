# A product of numbers so large that it takes long is ended by a signal's handler that raises.
import signal, time
class Stop(Exception):
    pass
def handler(*args):
    raise Stop
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.2)
start = time.time()
try:
    pow(2 ** 70, 2 ** 70)
except Stop:
    print 'stopped'
print time.time() - start < 30, 7 ** 3000 % 1000
