# A signal's handler gets its turn while a product, quotient, power or text of long integers is worked out.
import signal

class Enough(Exception):
    pass
def enough(*_):
    raise Enough
signal.signal(signal.SIGALRM, enough)
x, y = 7 ** 400000, 3 ** 200000
for what in ('3 ** (10 ** 9)', 'pow(x, y, y)', 'reduce(lambda a, b: a * a, xrange(40), x)', 'str(x << 60000000)'):
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        eval(what)
        print what, 'was ready'
    except Enough:
        print what, 'was interrupted'
    signal.setitimer(signal.ITIMER_REAL, 0)
