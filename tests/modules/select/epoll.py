# select.epoll: arguments, errors, what is told and in which order.
import fcntl
import os
import select
import socket
import sys
import time


def t(label, f, *args, **kw):
    try:
        print label, f(*args, **kw)
    except Exception, e:
        print label, type(e).__name__, e


print sorted((n, getattr(select, n)) for n in dir(select) if n.startswith('EPOLL'))
print select.epoll, [n for n in dir(select.epoll) if n[0] != '_']
for args in (), (-1,), (1,), (10,), (0,), (-2,), ('x',), (1, 2), (1.5,), (2 ** 40,), (None,):
    t('epoll%r' % (args,), lambda: type(select.epoll(*args)))
t('keyword', lambda: type(select.epoll(sizehint=3)))
t('keyword', select.epoll, flags=3)
e = select.epoll()
for args in (), ('x',), (.5,), (e,):
    t('fromfd %d' % len(args), select.epoll.fromfd, *args)
t('fromfd', lambda: type(select.epoll.fromfd(-1)))
g = select.epoll.fromfd(os.dup(e.fileno()))
t('closed', lambda: g.closed)
t('close', g.close)
t('close', g.close)
t('closed', lambda: g.closed)
for name, args in (('fileno', ()), ('register', (0,)), ('register', ()), ('modify', (0, 1)), ('modify', ('x',)),
                   ('unregister', (0,)), ('unregister', ()), ('poll', ()), ('poll', ('x',))):
    t('closed ' + name, getattr(g, name), *args)
t('set', setattr, e, 'closed', 1)
t('subclass', type, 'E', (select.epoll,), {})
t('iter', iter, e)

r, w = os.pipe()
bad = os.dup(r)
os.close(bad)
files = open('file', 'w'), open('/dev/null')
folder = os.open('.', os.O_RDONLY)
for what, args in (('r', (r,)), ('again', (r, 1)), ('again', (r, 1L)), ('negative', (-1,)), ('closed', (bad,)),
                   ('str', ('x',)), ('mask', (r, 'x')), ('-1', (r, -1)), ('2**32', (r, 2 ** 32)), ('w', (w, 4)),
                   ('none', ()), ('three', (r, 1, 2)), ('float', (1.,)), ('None', (None,)), ('itself', (e,)),
                   ('file', (files[0],)), ('device', (files[1],)), ('folder', (folder,)),
                   ('exclusive', (r, 1 << 28 | 2))):
    t('register ' + what, e.register, *args)
t('unregister keyword', e.unregister, fd=w)
t('register keyword', e.register, fd=w, eventmask=4)
t('modify keyword', e.modify, fd=w, eventmask=1)
for what, args in (('one', (r,)), ('', (r, 4)), ('2**33', (r, 2 ** 33)), ('exclusive', (r, 1 << 28)), ('closed', (bad, 1))):
    t('modify ' + what, e.modify, *args)
for what, args in ('w', (w,)), ('closed', (bad,)), ('str', ('x',)), ('r', (r,)), ('again', (r,)):
    t('unregister ' + what, e.unregister, *args)
t('modify', e.modify, r, 1)

names = {r: 'r', w: 'w'}


def poll(*args, **kw):
    return [(names.get(fd, fd), events) for fd, events in e.poll(*args, **kw)]


e.register(r, select.EPOLLIN)
e.register(w, select.EPOLLOUT)
for args in ((), (0,), (0, 1), (0, 0), (0, -1), (0, -2), (.01, 1), ('x',), (None,), (0, 'x'), (0, 2 ** 31), (1e10, 1),
             (-1, 1), (-5,), (1L, 1), (0, 10 ** 6), (1, 2, 3)):
    t('poll%r' % (args,), poll, *args)
t('poll', poll, timeout=0, maxevents=1)
e.modify(w, 0)
started = time.time()
t('poll', poll, .2)
print .15 < time.time() - started
e.modify(w, 4)
os.write(w, 'x')
t('both', poll, 0)
os.close(w)
t('hung up', poll, 0)
os.close(r)
t('closed', poll, 0)
t('unregister', e.unregister, r)

# Edges, one shot.
a, b = socket.socketpair()
names = {a.fileno(): 'a', b.fileno(): 'b'}
e.register(a, select.EPOLLIN | select.EPOLLOUT | select.EPOLLET)
t('edge', poll, 0)
t('edge', poll, .01)
b.send('x')
t('arrival', poll, 0)
t('again', poll, 0)
b.send('y')
t('arrival', poll, 0)
a.recv(1)
t('read', poll, 0)
a.setblocking(0)
try:
    while 1:
        a.send('x' * 10000)
except socket.error:
    pass
b.setblocking(0)
try:
    while 1:
        b.recv(100000)
except socket.error:
    pass
t('drained', lambda: (poll(0)[0][1] & 4, poll(0)))
b.close()
t('hung up', poll, 0)
t('again', poll, 0)
e.modify(a, select.EPOLLIN)
t('level', poll, 0)
t('level', poll, 0)
e.modify(a, select.EPOLLIN | select.EPOLLONESHOT)
t('once', poll, 0)
t('once', poll, 0)
e.modify(a, select.EPOLLIN | select.EPOLLONESHOT)
t('once', poll, 0)
e.modify(a, 0)
t('always told', poll, 0)

# It is the open file that is watched.
a, b = socket.socketpair()
names = {a.fileno(): 'a'}
e.register(a, 1)
b.send('x')
copy = a.dup()
a.close()
t('a copy is open', poll, 0)
copy.close()
t('closed', poll, 0)

# The order of becoming ready, in turns.
pairs = os.pipe() + os.pipe()
names = dict(zip(pairs, 'rwRW'))
for fd in pairs:
    e.register(fd)
os.write(pairs[1], 'x')
os.write(pairs[3], 'x')
t('order', poll, 0)
for i in range(3):
    t('two', poll, 0, 2)
os.close(pairs[0])
t('without reader', poll, 0)
for fd in pairs[1:]:
    os.close(fd)

# Sockets.
s = socket.socket()
l = socket.socket()
l.bind(('127.0.0.1', 0))
l.listen(1)
names = {s.fileno(): 's', l.fileno(): 'l'}
e.register(s)
t('new', poll, 0)
e.register(l)
t('listens', poll, 0)
s.connect(l.getsockname())
time.sleep(.05)
t('connected', lambda: sorted(poll(0)))
c = l.accept()[0]
t('accepted', lambda: sorted(poll(0)))
c.shutdown(1)
time.sleep(.05)
t('shut', poll, 0)
e.modify(s, 0x2000 | 1)
t('EPOLLRDHUP', poll, 0)
e.modify(s, select.EPOLLRDNORM | select.EPOLLWRNORM)
t('norm', poll, 0)

# An epoll object is a file, and can be waited for.
e = select.epoll()
r, w = os.pipe()
e.register(r, 1)
outer = select.epoll()
outer.register(e)
t('loop', e.register, outer)
t('nested', outer.poll, 0)
os.write(w, 'x')
t('nested', lambda: [(fd == e.fileno(), events) for fd, events in outer.poll(0)])
t('select', lambda: select.select([e], [e], [e], 0) == ([e], [], []))
p = select.poll()
p.register(e, 1)
t('poll', lambda: [(fd == e.fileno(), events) for fd, events in p.poll(0)])
pid = os.fork()
if pid == 0:
    t('child', lambda: [(fd == r, events) for fd, events in e.poll(0)])
    sys.stdout.flush()
    os._exit(0)
os.wait()
print fcntl.fcntl(e.fileno(), fcntl.F_GETFD), fcntl.fcntl(e.fileno(), fcntl.F_GETFL)
t('read', os.read, e.fileno(), 1)
t('write', os.write, e.fileno(), 'x')
t('isatty', os.isatty, e.fileno())
fd = e.fileno()
del e
t('gone', os.fstat, fd)

# It wakes when another process or thread does something.
e = select.epoll()
e.register(r, 1)
os.read(r, 1)
pid = os.fork()
if pid == 0:
    time.sleep(.1)
    os.write(w, 'x')
    os._exit(0)
t('woken', lambda: [(fd == r, events) for fd, events in e.poll(20)])
os.wait()
import threading
os.read(r, 1)
threading.Timer(.1, os.write, (w, 'x')).start()
t('woken', lambda: [(fd == r, events) for fd, events in e.poll(20)])
