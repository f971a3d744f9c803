# Threads run in turn, wait for locks, pipes, time and imports, and end as CPython's do.
import os, select, sys, thread, threading, time

# A loop that never waits lets the others run.
flag = []
def setter():
    flag.append(1)
thread.start_new_thread(setter, ())
while not flag:
    pass
print 'set by another thread'

# Waiting inside C: a key function, __eq__ under a dict probe, a finalizer.
lock = threading.Lock()
def key(x):
    with lock:
        time.sleep(0.001)
        return -x
results = []
def sort_it(n):
    results.append(sorted(range(n), key=key))
ts = [threading.Thread(target=sort_it, args=(n,)) for n in (3, 4, 5)]
for t in ts: t.start()
for t in ts: t.join()
print sorted(results)
class Slow(object):
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, other):
        time.sleep(0.001)
        return self.n == other.n
    def __del__(self):
        time.sleep(0.001)
def fill():
    d = {}
    for i in range(4):
        d[Slow(i)] = i
    results.append(sorted(d.values()))
results[:] = []
ts = [threading.Thread(target=fill) for n in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print results

# How threads end.
def ends(how):
    if how == 'exit': thread.exit()
    if how == 'sys.exit': sys.exit(3)
    if how == 'SystemExit': raise SystemExit('not shown')
for how in ('exit', 'sys.exit', 'SystemExit', 'return'):
    t = threading.Thread(target=ends, args=(how,))
    t.start(); t.join()
    print how, t.is_alive()
class Stderr(object):
    def __init__(self): self.text = ''
    def write(self, s): self.text += s
sys.stderr = Stderr()
def boom(a, b=2): raise KeyError(a + b)
thread.start_new_thread(boom, (1,), {'b': 5})
while not sys.stderr.text.endswith('KeyError: 6\n'):
    time.sleep(0.01)
text, sys.stderr = sys.stderr.text, sys.__stderr__
print text.split('<function boom at ')[0], text.splitlines()[-1]

# Many threads.
count = []
def add(): count.append(1)
ts = [threading.Thread(target=add) for i in range(100)]
for t in ts: t.start()
for t in ts: t.join()
print len(count), threading.active_count(), thread._count() < 100

# A daemon thread does not keep the program.
def for_ever():
    while True: time.sleep(0.01)
d = threading.Thread(target=for_ever); d.daemon = True; d.start()
print 'end'
