# sched + Timer cron; time-based event loop; heap scheduler with threads
import sched, time, threading, heapq, itertools
log = []
s = sched.scheduler(time.time, time.sleep)
s.enter(0.2, 1, log.append, ('b',)); s.enter(0.05, 1, log.append, ('a',)); s.enter(0.2, 0, log.append, ('b0',)); e = s.enter(0.3, 1, log.append, ('never',))
s.cancel(e); print s.empty(), len(s.queue); t = threading.Thread(target=s.run); t.start(); t.join(); print log, s.empty()
try: s.cancel(e)
except ValueError, x: print 'ValueError', x
class Loop(object):
    def __init__(self): self.h = []; self.c = itertools.count(); self.cond = threading.Condition(); self.stopped = False
    def at(self, d, f, *a):
        with self.cond: heapq.heappush(self.h, (time.time() + d, self.c.next(), f, a)); self.cond.notify()
    def run(self):
        while 1:
            with self.cond:
                while not self.h and not self.stopped: self.cond.wait()
                if self.stopped and not self.h: return
                d = self.h[0][0] - time.time()
                if d > 0: self.cond.wait(d); continue
                _, _, f, a = heapq.heappop(self.h)
            f(*a)
    def stop(self):
        with self.cond: self.stopped = True; self.cond.notify()
l = Loop(); out = []
t = threading.Thread(target=l.run); t.start()
for d, v in ((0.16, 'd'), (0.04, 'a'), (0.12, 'c'), (0.08, 'b')): l.at(d, out.append, v)
l.at(0.2, l.stop); t.join(3); print out, t.isAlive()
clock = [0]
s = sched.scheduler(lambda: clock[0], lambda d: clock.__setitem__(0, clock[0] + d))
def tick(n):
    print 'tick', n, clock[0]
    if n < 4: s.enter(n * 10, 1, tick, (n + 1,))
s.enterabs(5, 1, tick, (1,)); s.run()
