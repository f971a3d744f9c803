# select-based chat server, poll echo
import socket, select, threading, Queue
srv = socket.socket(); srv.setblocking(0); srv.bind(('127.0.0.1', 0)); srv.listen(5)
clients = {}; done = []
def loop():
    outq = {}
    while True:
        r, w, x = select.select([srv] + clients.values(), [c for c in clients.values() if outq.get(c.fileno())], clients.values(), 2)
        if not r and not w: break
        for s in r:
            if s is srv:
                c, a = srv.accept(); c.setblocking(0); clients[c.fileno()] = c; outq[c.fileno()] = ''
            else:
                try: d = s.recv(100)
                except socket.error: d = ''
                if not d:
                    del clients[s.fileno()]; s.close()
                    if not clients: done.append(1); return
                else:
                    for fd in clients:
                        if clients[fd] is not s: outq[fd] += d
        for s in w:
            if s.fileno() >= 0 and s in clients.values():
                n = s.send(outq[s.fileno()][:5]); outq[s.fileno()] = outq[s.fileno()][n:]
t = threading.Thread(target=loop); t.start()
cs = [socket.create_connection(srv.getsockname()) for i in range(3)]
for c in cs: c.settimeout(2)
import time; time.sleep(0.05)
cs[0].sendall('hello from 0\n')
def rl(c):
    d = ''
    while not d.endswith('\n'): d += c.recv(1)
    return d
print rl(cs[1]), rl(cs[2]),
cs[2].sendall('and 2\n'); print rl(cs[0]), rl(cs[1]),
for c in cs: c.close()
t.join(5); print done, t.isAlive()
p = select.poll(); a, b = socket.socketpair(); p.register(a, select.POLLIN | select.POLLOUT); print [e for f, e in p.poll(100)]; p.modify(a, select.POLLIN); print p.poll(10); b.send('x'); print [e for f, e in p.poll(100)]; b.close(); print [e for f, e in p.poll(100)]
for f in (lambda: p.register('x'), lambda: p.poll('x'), lambda: p.modify(777, 1), lambda: select.select([1], [2]), lambda: select.select(1, 2, 3), lambda: select.select(['x'], [], []), lambda: select.select([], [], [], 'x'), lambda: select.select([-1], [], []), lambda: select.select([a], [], [], -1), lambda: select.select([9999], [], [])):
    try: print f()
    except Exception, e: print type(e).__name__, e
class F:
    def __init__(self, n): self.n = n
    def fileno(self): return self.n
try: select.select([F('x')], [], [])
except TypeError, e: print e
