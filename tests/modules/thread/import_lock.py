# One thread imports at a time; a module is whole before another thread sees it.
import imp, os, sys, threading, time
open('slowmod.py', 'w').write('import time\nvalue = 1\ntime.sleep(0.05)\nvalue = 2\n')
sys.path.insert(0, '.')
sys.dont_write_bytecode = True
values = []
def imports():
    import slowmod
    values.append(slowmod.value)
ts = [threading.Thread(target=imports) for i in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print values, imp.lock_held()
imp.acquire_lock()
print imp.lock_held()
order = []
def acquires():
    imp.acquire_lock()
    order.append('other')
    imp.release_lock()
t = threading.Thread(target=acquires)
t.start()
time.sleep(0.02)
order.append('main')
imp.release_lock()
t.join()
print order, imp.lock_held()
try: imp.release_lock()
except RuntimeError, e: print e
