# fromfd, dup, socketpair of both kinds, makefile with every size of buffer.
import os
import socket

a, b = socket.socketpair()
c = socket.fromfd(b.fileno(), socket.AF_UNIX, socket.SOCK_STREAM)
print c.fileno() != b.fileno(), c.family, c.type, c.proto, c.gettimeout()
b.close()
a.sendall('over the copy')
print c.recv(100)
d = c.dup()
c.close()
a.sendall('over another')
print d.recv(100)
d.close()
print repr(a.recv(10))
for args in [(999, 1, 1), (-1, 1, 1), ('x', 1, 1), (0,), (0, 1, 1, 0, 0)]:
    try:
        print socket.fromfd(*args)
    except Exception, e:
        print type(e).__name__, e
r, w = os.pipe()
s = socket.fromfd(r, socket.AF_INET, socket.SOCK_STREAM)
try:
    s.recv(1)
except socket.error, e:
    print e

x, y = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
x.send('one')
x.send('')
x.send('three')
print [y.recv(100), y.recv(100), y.recv(2)]
y.setblocking(0)
try:
    y.recv(1)
except socket.error, e:
    print e
for args in [(socket.AF_INET,), (socket.AF_UNIX, 77), (99,), ('x',)]:
    try:
        print socket.socketpair(*args)
    except Exception, e:
        print type(e).__name__, e

# A file over a socket: what is written is there after a flush, a full buffer or a line; what is read comes whole.
for kind, size in [('plain', size) for size in (-1, 0, 1, 4096, 100000)] + \
        [('wrapped', size) for size in (-1, 0, 1, 2, 3, 7, 8, 100, 4096, 100000)]:
    a, b = socket.socketpair()
    if kind == 'wrapped':
        a, b = socket.socket(_sock=a), socket.socket(_sock=b)
    out, into = a.makefile('wb', size), b.makefile('rb', size)
    text = 'first line\nsecond line\n' + 'x' * 5000 + '\nthe end'
    b.setblocking(0)
    seen = []
    for part in ('first ', 'line\n', 'second line\n'):
        out.write(part)
        try:
            seen.append(len(b.recv(100)))
        except socket.error:
            seen.append(0)
    b.setblocking(1)
    out.flush()
    left = 23 - sum(seen)
    print kind, size, seen, left == 0 or len(b.recv(100)) == left,
    out.write(text)
    out.close()
    a.shutdown(socket.SHUT_WR)
    print repr(into.readline()), repr(into.read(5)), len(into.readline(100)), len(into.readlines()[0]), repr(into.read()),
    into.close()
    print b.fileno() > 0
a, b = map(lambda s: socket.socket(_sock=s), socket.socketpair())
f = a.makefile()
a.close()
try:
    a.send('x')
except socket.error, e:
    print e
f.write('the file goes on')
f.flush()
print b.recv(100), f.closed, f.fileno() > 0
f.close()
print repr(b.recv(1)), f.closed
try:
    f.write('x')
except Exception, e:
    print type(e).__name__, e
