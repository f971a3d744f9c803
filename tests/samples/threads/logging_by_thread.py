# bank simulation w/ logging and thread names
import threading, logging, sys, time
logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format='%(levelname)-8s [%(threadName)-6s] %(name)s %(funcName)s:%(lineno)d %(message)s')
class InsufficientFunds(Exception): pass
class Account(object):
    def __init__(self, owner, balance=0):
        self.owner, self.balance = owner, balance
        self.lock = threading.RLock()
        self.logger = logging.getLogger('bank.' + owner)
    def withdraw(self, n):
        with self.lock:
            if n > self.balance: raise InsufficientFunds('%s: %d > %d' % (self.owner, n, self.balance))
            self.balance -= n; self.logger.debug('withdrew %d', n)
    def deposit(self, n):
        with self.lock: self.balance += n; self.logger.info('deposited %s', n)
a, b = Account('ann', 100), Account('bob')
def mv(n):
    try: a.withdraw(n); b.deposit(n)
    except InsufficientFunds: logging.exception('failed')
for i, n in enumerate((30, 50, 40)):
    t = threading.Thread(target=mv, args=(n,), name='t%d' % i); t.start(); t.join()
print a.balance, b.balance
logging.getLogger('bank').setLevel(logging.WARNING)
a.deposit(1)
h = logging.StreamHandler(sys.stdout); h.setFormatter(logging.Formatter('%(thread)d|%(process)d|%(msecs)d')); 
lg = logging.getLogger('other'); lg.propagate = 0; lg.addHandler(h)
import StringIO
h.stream = StringIO.StringIO(); lg.error('x'); v = h.stream.getvalue().split('|'); print [int(x) >= 0 for x in v]
class F(logging.Filter):
    def filter(self, r): r.ctx = 'C' + r.threadName; return 'skip' not in r.getMessage()
h.stream = sys.stdout; h.setFormatter(logging.Formatter('%(ctx)s %(message)s')); lg.addFilter(F())
lg.error('one'); lg.error('skip me')
threading.Thread(target=lg.critical, args=('from %s', 'thread'), name='XX').start()
time.sleep(0.05)
lg.filters = []; h.setFormatter(None)
lg.error('bad format %d', 'x')
lg.error('%s %s', 1)
