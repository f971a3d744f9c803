# select.poll.
import os, select, socket
p = select.poll()
def show(f, *args):
    try:
        print f.__name__, args, f(*args)
    except Exception, e:
        print f.__name__, args, type(e).__name__, e
show(p.register)
show(p.register, -1)
show(p.register, 1, -1)
show(p.register, 1, 65536)
show(p.register, 'x')
show(p.modify, 77, 1)
show(p.unregister, 77)
show(p.poll, 'x')
show(p.poll, 0)
show(p.poll, 1.7)
p.register(999)
show(p.poll, 0)
p.unregister(999)
r, w = os.pipe()
p.register(r)
p.register(w, select.POLLIN | select.POLLOUT)
print p.poll() == [(w, select.POLLOUT)]
os.write(w, 'x')
print p.poll() == [(r, select.POLLIN), (w, select.POLLOUT)]
os.close(w)
print p.poll() == [(r, select.POLLIN | select.POLLHUP), (w, select.POLLNVAL)]
a, b = socket.socketpair()
p = select.poll()
p.register(a)
print p.poll() == [(a.fileno(), select.POLLOUT)]
b.close()
print p.poll() == [(a.fileno(), select.POLLIN | select.POLLOUT | select.POLLHUP)]
