# descriptors that another thread closes while select waits; fileno is asked once
import select, os, threading, time, socket
class F(object):
    def __init__(self, fd): self.fd = fd; self.n = 0
    def fileno(self): self.n += 1; return self.fd
r, w = os.pipe(); r2, w2 = os.pipe()
f, g = F(r), F(r2)
def later():
    time.sleep(0.03); os.close(w2); time.sleep(0.02); os.write(w, 'x')
t = threading.Thread(target=later); t.start()
print [x is g for x in select.select([f, g], [], [], 5)[0]]; t.join(); print f.n, g.n, select.select([f], [], [], 1)[0][0] is f
os.read(r, 1)
a, b = socket.socketpair()
a.close()
try: select.select([a], [], [], 0.1)
except (socket.error, ValueError), e: print e
t = threading.Thread(target=lambda: (time.sleep(0.03), os.write(w, 'y'))); t.start()
print len(select.select([f], [], [f])[0]), f.n; t.join()
for bad in (([], [], [], None), ([r], [], [], 0), ((r,), (), (), 0.0), ([F('x')], [], []), ([F(2.5)], [], []), ([None], [], [])):
    try: print select.select(*bad) if bad[0] else 'skip'
    except Exception, e: print type(e).__name__, e
