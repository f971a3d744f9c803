# thread raising at interpreter shutdown, daemon printing; os._exit with threads
import threading, time, os, sys
def w():
    while 1: time.sleep(0.005)
for i in range(3):
    t = threading.Thread(target=w); t.setDaemon(1); t.start()
print 'buffered text is lost?',
sys.stdout.flush()
print 'lost'
class A:
    def __del__(self): os.write(1, 'no del\n')
a = A()
threading.Thread(target=lambda: (time.sleep(0.02), os._exit(5))).start()
time.sleep(3)
