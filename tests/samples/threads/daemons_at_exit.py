# daemon threads at exit, atexit order, non-daemon outlives main
import threading, time, atexit, sys
def slow():
    time.sleep(0.1); print 'slow done'
never = threading.Event()
def forever():
    never.wait()
def bye(x): print 'atexit', x
atexit.register(bye, 1); atexit.register(bye, 2)
d = threading.Thread(target=forever); d.daemon = True; d.start()
t = threading.Thread(target=slow, name='slow'); t.start()
class X(object):
    def __del__(self): print 'X.__del__'
x = X()
print 'main ends', threading.active_count()
sys.exit(7)
