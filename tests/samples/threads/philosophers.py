# dining philosophers with ordered locks
import threading, time, random
class Philosopher(threading.Thread):
    running = True
    def __init__(self, xname, a, b, log):
        threading.Thread.__init__(self)
        self.name = xname
        self.a, self.b = a, b
        self.log = log
        self.meals = 0
    def run(self):
        while self.meals < 5:
            self.a.acquire()
            try:
                if self.b.acquire(False):
                    try:
                        self.dine()
                    finally:
                        self.b.release()
            finally:
                self.a.release()
            time.sleep(0.0005)
    def dine(self):
        self.log.append((self.name, self.meals))
        time.sleep(0.001)
        self.meals += 1
forks = [threading.Lock() for n in range(5)]
names = ('Aristotle','Kant','Buddha','Marx','Russel')
log = []
ps = [Philosopher(names[i], forks[i%5], forks[(i+1)%5], log) for i in range(5)]
random.seed(507129)
for p in ps: p.start()
for p in ps: p.join()
print sorted(log)
print [(p.name, p.meals, p.isAlive(), p.daemon, p.ident is not None) for p in ps]
print threading.activeCount(), threading.currentThread().getName()
import re
print re.sub(r'\d+', 'N', repr(ps[0])), re.sub(r'\d+', 'N', repr(threading.currentThread()))
t = threading.Thread(target=lambda: None)
print t, t.isAlive()
try: t.join()
except RuntimeError, e: print 'RuntimeError', e
t.start(); t.join()
try: t.start()
except RuntimeError, e: print 'RuntimeError', e
try: threading.currentThread().join()
except RuntimeError, e: print 'RuntimeError', e
try: threading.Thread(1)
except AssertionError, e: print 'AssertionError', e
try: t.daemon = True; print t.daemon
except RuntimeError, e: print e
class T2(threading.Thread):
    def __init__(self): pass
try: T2().start()
except RuntimeError, e: print e
try: print T2()
except AssertionError, e: print 'AE', e
