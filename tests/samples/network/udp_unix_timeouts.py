# UDP + unix + timeouts + nonblocking
import socket, threading, os, errno, time, select
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); addr = s.getsockname()
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for m in ('one', '', 'three' * 100): print c.sendto(m, addr)
for i in range(3):
    d, a = s.recvfrom(8); print repr(d), a == ('127.0.0.1', c.getsockname()[1])
c.connect(addr); c.send('conn'); print s.recv(100), c.getpeername() == addr
b = bytearray(10); c.send('into'); n, a = s.recvfrom_into(b); print n, b
s.settimeout(0.05)
try: s.recv(1)
except socket.timeout, e: print 'timeout', e, e.args, repr(e)
s.setblocking(0)
try: s.recv(1)
except socket.error, e: print e.errno == errno.EAGAIN, e
print s.gettimeout(), select.select([s], [c], [], 0)[1] == [c]
try: c.sendto('x', ('127.0.0.1', 'p'))
except TypeError, e: print e
try: c.sendto('x')
except TypeError, e: print e
try: c.sendto('x' * 70000, addr)
except socket.error, e: print e
u = socket.socket(socket.AF_UNIX); u.bind('sock'); u.listen(1)
def serve():
    x, a = u.accept(); print repr(a); f = x.makefile('r+'); l = f.readline(); f.write('got ' + l); f.flush(); f.close(); x.close()
t = threading.Thread(target=serve); t.start()
k = socket.socket(socket.AF_UNIX); k.connect('sock'); print repr(k.getpeername()), repr(k.getsockname()); k.sendall('line\n'); print k.recv(100), repr(k.recv(1)); t.join(); k.close()
try: socket.socket(socket.AF_UNIX).bind('sock')
except socket.error, e: print e
u.close(); os.unlink('sock')
try: socket.socket(socket.AF_UNIX).connect('sock')
except socket.error, e: print e
try: socket.socket(socket.AF_UNIX).connect('x' * 200)
except socket.error, e: print e
d1 = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); d1.bind('d1'); d2 = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); d2.bind('d2'); d2.sendto('dg', 'd1'); print d1.recvfrom(10)
l = socket.socket(); l.bind(('', 0)); l.listen(1); l.settimeout(0.05)
try: l.accept()
except socket.timeout, e: print e
n = socket.socket(); n.setblocking(0); print n.connect_ex(('127.0.0.1', l.getsockname()[1])) in (0, errno.EINPROGRESS); print select.select([], [n], [], 2)[1] == [n], n.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
x, a = l.accept(); 
try: n.recv(5)
except socket.error, e: print e
total = 0
try:
    while 1: total += n.send('x' * 65536)
except socket.error, e: print e, total > 65536
got = 0
x.settimeout(0.2)
try:
    while got < total: got += len(x.recv(65536))
except socket.timeout: pass
print got == total
x.close(); 
try:
    time.sleep(0.02); n.setblocking(1); print repr(n.recv(1)); n.send('a'); time.sleep(0.02); n.send('b')
except socket.error, e: print e
socket.setdefaulttimeout(0.5); print socket.socket().gettimeout(); socket.setdefaulttimeout(None)
import struct
print l.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE), l.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), struct.unpack('ii', l.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)), len(l.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4))
print socket.getaddrinfo('127.0.0.1', 80, 0, socket.SOCK_STREAM), socket.getaddrinfo('localhost', 'http', socket.AF_INET, socket.SOCK_STREAM), socket.getnameinfo(('127.0.0.1', 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)
try: socket.getaddrinfo('nohost.invalid', 80)
except socket.gaierror, e: print e.args[0] in (-2, -3, -5), type(e.args[1])
