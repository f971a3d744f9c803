# forked echo + large transfer + makefile loops + file protocol
import socket, os, sys, struct, hashlib, threading
l = socket.socket(); l.bind(('127.0.0.1', 0)); l.listen(5); addr = l.getsockname()
sys.stdout.flush()
pid = os.fork()
if pid == 0:
    try:
        for i in range(2):
            c, a = l.accept()
            n, = struct.unpack('!I', c.recv(4)); h = hashlib.md5(); left = n
            while left:
                d = c.recv(min(65536, left)); left -= len(d); h.update(d)
            c.sendall(h.hexdigest())
            c.close()
    finally: os._exit(0)
l.close()
data = ''.join(chr(i % 251) for i in xrange(1000)) * 1500
for i in range(2):
    c = socket.create_connection(addr); c.sendall(struct.pack('!I', len(data))); c.sendall(data); r = ''
    while len(r) < 32: r += c.recv(32)
    print r == hashlib.md5(data).hexdigest(), repr(c.recv(1)); c.close()
print os.waitpid(pid, 0)[1]
a, b = socket.socketpair()
pid = os.fork()
if pid == 0:
    a.close(); f = b.makefile('r+', 1)
    for line in iter(f.readline, ''):
        if line == 'q\n': break
        f.write(str(eval(line)) + '\n'); f.flush()
    os._exit(3)
b.close(); f = a.makefile('r+')
for ex in ('1+1', '2**70', '"a"*3'): f.write(ex + '\n'); f.flush(); print f.readline(),
f.write('q\n'); f.flush(); print os.waitpid(pid, 0)[1] >> 8, repr(f.readline())
s = socket.fromfd(a.fileno(), socket.AF_UNIX, socket.SOCK_STREAM); print s.family, s.fileno() != a.fileno()
def srv(l):
    c, _ = l.accept(); f = c.makefile(); n = 0
    for line in f: n += len(line)
    c.sendall(str(n)); c.close()
l = socket.socket(); l.bind(('127.0.0.1', 0)); l.listen(1); t = threading.Thread(target=srv, args=(l,)); t.start()
c = socket.create_connection(l.getsockname()); f = c.makefile('w', 10)
for i in range(1000): f.write('line %d\n' % i)
f.writelines(['a', 'b\n']); f.flush(); c.shutdown(1); print c.recv(100); t.join(); f.close(); print f.closed
try: f.write('x')
except (AttributeError, ValueError, socket.error), e: print type(e).__name__, e
from contextlib import closing
with closing(socket.socket()) as s: print s.fileno() > 0
