# stdio buffering across fork, atexit in children, output order
import os, sys, atexit
def bye(who): sys.stdout.write('bye %s\n' % who)
atexit.register(bye, 'registered')
sys.stdout.write('buffered before fork;')
pid = os.fork()
if pid == 0:
    sys.stdout.write('child\n')
    os._exit(0) if len(sys.argv) > 1 else None
    sys.exit(2)
print 'parent', os.waitpid(pid, 0)[1]
sys.stdout.flush()
pid = os.fork()
if pid == 0:
    print 'lost text'
    os._exit(1)
print os.waitpid(pid, 0)[1]
sys.stdout.flush()
pid = os.fork()
if pid == 0:
    raise RuntimeError('child traceback')
print os.waitpid(pid, 0)[1]
f = open('shared.txt', 'w+'); f.write('abc'); f.flush()
if os.fork() == 0:
    f.write('child'); f.close(); os._exit(0)
os.wait(); f.write('parent'); f.close(); print open('shared.txt').read()
f = open('shared.txt'); print f.read(2)
fd = os.open('shared.txt', os.O_RDONLY)
sys.stdout.flush()
if os.fork() == 0:
    print os.read(fd, 3); sys.stdout.flush(); os._exit(0)
os.wait(); print os.read(fd, 3), f.read(1)
class D(object):
    def __del__(self): sys.stdout.write('D.__del__ in %s\n' % ('child' if os.getpid() != parent else 'parent'))
parent = os.getpid(); d = D(); sys.stdout.flush()
if os.fork() == 0: sys.exit()
os.wait()
import threading
t = threading.Thread(target=lambda: ev.wait()); ev = threading.Event(); t.start(); sys.stdout.flush()
if os.fork() == 0:
    print 'threads in child', threading.enumerate()[0].name, threading.activeCount(); sys.stdout.flush(); os._exit(0)
os.wait(); ev.set(); t.join()
