# signals and threads
import signal, threading, time, os, sys
log = []
def h(sig, frame):
    log.append((sig, threading.currentThread().name)); 
signal.signal(signal.SIGUSR1, h); signal.signal(signal.SIGALRM, h)
def send():
    time.sleep(0.02); os.kill(os.getpid(), signal.SIGUSR1)
t = threading.Thread(target=send); t.start()
t.join(); time.sleep(0.02); print log
del log[:]
signal.setitimer(signal.ITIMER_REAL, 0.02)
def spin():
    end = time.time() + 0.1
    while time.time() < end: pass
ts = [threading.Thread(target=spin) for i in range(2)]
[t.start() for t in ts]; [t.join() for t in ts]; print log
def intr():
    try: signal.signal(signal.SIGUSR1, signal.SIG_DFL)
    except ValueError, e: print 'ValueError', e
    try: signal.set_wakeup_fd(-1)
    except ValueError, e: print 'ValueError', e
    import thread
    thread.interrupt_main()
t = threading.Thread(target=intr)
try:
    t.start()
    while 1: time.sleep(0.01)
except KeyboardInterrupt: print 'KeyboardInterrupt in', threading.currentThread().name
t.join()
class Alarm(Exception): pass
def boom(s, f): raise Alarm(s)
signal.signal(signal.SIGALRM, boom)
signal.setitimer(signal.ITIMER_REAL, 0.03)
e = threading.Event()
try:
    e.wait(5)
except Alarm, x: print 'alarm', x
c = threading.Condition()
signal.setitimer(signal.ITIMER_REAL, 0.03)
try:
    with c: c.wait(5)
except Alarm, x: print 'alarm', x
print c._is_owned()
signal.setitimer(signal.ITIMER_REAL, 0.03)
try: time.sleep(5)
except Alarm, x: print 'alarm', x
signal.setitimer(signal.ITIMER_REAL, 0.03)
r, w = os.pipe()
try: os.read(r, 1)
except Alarm, x: print 'alarm', x
signal.signal(signal.SIGALRM, lambda s, f: None)
signal.setitimer(signal.ITIMER_REAL, 0.03)
try: os.read(r, 1)
except OSError, x: print x
import select
signal.setitimer(signal.ITIMER_REAL, 0.03)
try: select.select([r], [], [], 2)
except select.error, x: print x
signal.setitimer(signal.ITIMER_REAL, 0.03)
try: print time.sleep(0.1)
except IOError, x: print x
