# print from threads, stdout locking, imports in threads, import lock
import threading, sys, os, imp
open('slowmod.py', 'w').write('import time\nx = 1\ntime.sleep(0.05)\ny = 2\nprint "slowmod loaded"\n')
open('cyc1.py', 'w').write('import threading\nR = []\ndef f():\n    R.append(imp_held())\nfrom imp import lock_held as imp_held\nf()\n')
sys.path.insert(0, '')
res = []
def imp_it():
    import slowmod
    res.append((slowmod.x, slowmod.y))
ts = [threading.Thread(target=imp_it) for i in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; print res
import cyc1; print cyc1.R, imp.lock_held()
imp.acquire_lock(); imp.acquire_lock(); print imp.lock_held(); imp.release_lock(); imp.release_lock(); print imp.lock_held()
try: imp.release_lock()
except RuntimeError, e: print e
def pr(n):
    for i in range(3): sys.stdout.write('%s%d\n' % (n, i))
for n in 'ab':
    t = threading.Thread(target=pr, args=(n,)); t.start(); t.join()
open('bad.py', 'w').write('1/0\n')
def impbad():
    import bad
t = threading.Thread(target=impbad, name='ib'); t.start(); t.join()
print 'bad' in sys.modules, imp.lock_held()
open('syn.py', 'w').write('def f(:\n')
def impsyn(): import syn
t = threading.Thread(target=impsyn, name='is'); t.start(); t.join()
open('thrmod.py', 'w').write('''import threading
done = []
def f():
    import string as s
    done.append(1)
t = threading.Thread(target=f); t.start(); t.join(0.1); print 'in import', done
''')
import thrmod; thrmod.t.join(); print thrmod.done
