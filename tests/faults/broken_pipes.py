# A pipe or socket without a reader: EPIPE, as Python ignores SIGPIPE; with SIG_DFL it is deadly.
import errno
import os
import signal
import socket
import subprocess
import sys


def child(work, *args):
    pid = os.fork()
    if pid == 0:
        try:
            work(*args)
            os._exit(0)
        finally:
            os._exit(99)
    return os.waitpid(pid, 0)[1]


def show(f, *args):
    try:
        print f(*args)
    except (EnvironmentError, ValueError), e:
        print type(e).__name__, e


print signal.getsignal(signal.SIGPIPE) == signal.SIG_IGN
r, w = os.pipe()
os.close(r)
show(os.write, w, 'x')
show(os.write, w, '')
f = os.fdopen(w, 'w')
f.write('text')
show(f.flush)
show(f.close)
print f.closed

a, b = socket.socketpair()
b.close()
show(a.send, 'x')
show(a.sendall, 'x' * 100000)
show(a.recv, 1)
a.close()
a, b = socket.socketpair()
a.shutdown(socket.SHUT_WR)
show(a.send, 'x')
print repr(b.recv(1))
a.close()
b.close()

# The default kills: from a write, from a socket, in the middle of a write that waited.
def deadly(make):
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    make()

def to_pipe():
    r, w = os.pipe()
    os.close(r)
    os.write(w, 'x')

def to_socket():
    a, b = socket.socketpair()
    b.close()
    a.send('x')

print child(deadly, to_pipe), child(deadly, to_socket), child(to_pipe) >> 8

def waits():
    os.close(r)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    while 1:
        os.write(w, 'x' * 10000)

r, w = os.pipe()
pid = os.fork()
if not pid:
    waits()
os.close(w)
while len(os.read(r, 100)) < 100:
    pass
os.close(r)
print os.waitpid(pid, 0)[1]

# A handler is called, and the call fails.
def handled(number, frame):
    print 'handler', number

signal.signal(signal.SIGPIPE, handled)
show(to_pipe)
signal.signal(signal.SIGPIPE, signal.SIG_IGN)

# Programs of one's own whose output nobody reads.
code = 'import sys, signal\n%s\nfor i in xrange(100000): print "a line of text"'
for setup in 'pass', 'signal.signal(signal.SIGPIPE, signal.SIG_DFL)':
    p = subprocess.Popen([sys.executable, '-c', code % setup],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    print p.stdout.readline(),
    p.stdout.close()
    print p.stderr.read().splitlines()[-1:], p.wait()
p = subprocess.Popen([sys.executable, '-c', 'print "x"'], stdout=os.open('/dev/null', os.O_RDONLY),
                     stderr=subprocess.PIPE)
print repr(p.stderr.read()), p.wait()
