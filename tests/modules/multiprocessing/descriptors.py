# Open files that travel over sockets: sendfd, recvfd, and what other calls make of the byte they come with.
import errno
import os
import resource
import select
import socket

import _multiprocessing as m


def told(f, *args):
    try:
        answer = f(*args)
    except (RuntimeError, EnvironmentError), e:
        answer = '%s: %s' % (type(e).__name__, e)
    print f.__name__, answer


a, b = socket.socketpair()
r, w = os.pipe()
print '-- beside bytes'
told(m.sendfd, a.fileno(), w)
a.send('hello')
print repr(b.recv(100)), repr(b.recv(100))
m.sendfd(a.fileno(), w)
a.send('x')
print repr(b.recv(100, socket.MSG_PEEK))
fd = m.recvfd(b.fileno())
os.write(fd, 'via')
print os.read(r, 10), repr(b.recv(10))
a.send('q')
told(m.recvfd, b.fileno())
a.send('q')
m.sendfd(a.fileno(), w)
a.send('tail')
print repr(b.recv(100)), repr(b.recv(100))
m.sendfd(a.fileno(), w)
m.sendfd(a.fileno(), w)
print repr(b.recv(100))
os.write(m.recvfd(b.fileno()), 'second')
print os.read(r, 10)

print '-- errors'
told(m.sendfd, a.fileno(), 999)
told(m.sendfd, 999, 1)
told(m.sendfd, r, 1)
told(m.recvfd, r)
told(m.recvfd, 999)
told(m.sendfd, a.fileno(), -1)
a.setblocking(0)
b.setblocking(0)
told(m.recvfd, b.fileno())
a.shutdown(socket.SHUT_WR)
told(m.recvfd, b.fileno())
told(m.sendfd, a.fileno(), w)
b.close()
told(m.sendfd, a.fileno(), w)

print '-- other families'
l = socket.socket()
l.bind(('127.0.0.1', 0))
l.listen(1)
c = socket.create_connection(l.getsockname())
d, _ = l.accept()
told(m.sendfd, c.fileno(), w)
told(m.recvfd, d.fileno())
n = socket.socket()
told(m.sendfd, n.fileno(), w)
told(m.recvfd, n.fileno())
n = socket.socket(socket.AF_UNIX)
told(m.sendfd, n.fileno(), w)
told(m.recvfd, n.fileno())

print '-- messages'
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
m.sendfd(a.fileno(), w)
print repr(b.recv(10))
m.sendfd(a.fileno(), w)
os.write(m.recvfd(b.fileno()), 'message')
print os.read(r, 10)
a.send('plain')
told(m.recvfd, b.fileno())

print '-- what nobody receives is closed'
a, b = socket.socketpair()
r2, w2 = os.pipe()
m.sendfd(a.fileno(), w2)
os.close(w2)
print select.select([r2], [], [], 0)[0]
b.close()
print select.select([r2], [], [], 0)[0] == [r2], repr(os.read(r2, 1))
r2, w2 = os.pipe()
a, b = socket.socketpair()
m.sendfd(a.fileno(), w2)
os.close(w2)
b.recv(1)
print repr(os.read(r2, 1))
# Over a socket that is itself on its way.
r2, w2 = os.pipe()
c, d = socket.socketpair()
m.sendfd(c.fileno(), w2)
os.close(w2)
m.sendfd(a.fileno(), d.fileno())
d.close()
a.close()
b.close()
print repr(os.read(r2, 1))

print '-- one position'
a, b = socket.socketpair()
f = open('pos', 'w+')
m.sendfd(a.fileno(), f.fileno())
os.write(f.fileno(), 'abc')
f.close()
fd = m.recvfd(b.fileno())
print os.lseek(fd, 0, 1), os.lseek(fd, 0, 0), os.read(fd, 9)
m.sendfd(a.fileno(), fd)
fd3 = m.recvfd(b.fileno())
print fd3 != fd, os.lseek(fd3, 0, 1)
os.close(fd)
print os.lseek(fd3, 1, 0), os.read(fd3, 9)
os.unlink('pos')
m.sendfd(a.fileno(), a.fileno())
os.write(m.recvfd(b.fileno()), 'itself')
print b.recv(10)

print '-- no room'
resource.setrlimit(resource.RLIMIT_NOFILE, (60, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
fds = []
try:
    while 1:
        fds.append(os.dup(r))
except OSError, e:
    print e
m.sendfd(a.fileno(), w)
told(m.recvfd, b.fileno())
for fd in fds:
    os.close(fd)
a.setblocking(0)
count = 0
try:
    while 1:
        m.sendfd(a.fileno(), w)
        count += 1
except OSError, e:
    print count > 50, e.errno in (errno.EAGAIN, errno.ETOOMANYREFS)
while count:
    os.close(m.recvfd(b.fileno()))
    count -= 1
a.setblocking(1)

print '-- to another process'
pid = os.fork()
if not pid:
    try:
        m.recvfd(b.fileno())
    except RuntimeError:
        os.write(m.recvfd(b.fileno()), 'from the child')
    m.sendfd(b.fileno(), os.open('new', os.O_CREAT | os.O_RDWR))
    os._exit(0)
os.close(w)
r4, w4 = os.pipe()
os.write(a.fileno(), 'x')
m.sendfd(a.fileno(), w4)
os.close(w4)
print os.read(r4, 100)
fd = m.recvfd(a.fileno())
print os.waitpid(pid, 0)[1], os.write(fd, 'written'), open('new').read()
