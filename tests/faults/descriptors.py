# Many descriptors, and the limit: EMFILE everywhere, nothing lost, all usable again.
import errno
import multiprocessing.connection
import os
import resource
import select
import socket
import subprocess
import sys


def code(f, *args):
    try:
        return f(*args)
    except EnvironmentError, e:
        return '%s %s' % (type(e).__name__, errno.errorcode.get(e.errno, e))


soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if hard < 4096:
    hard = soft
resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))

# A thousand files, by number and by name.
files = [open('f%d' % i, 'w+') for i in range(1000)]
for i, f in enumerate(files):
    f.write(str(i))
for f in files:
    f.seek(0)
print len(files), all(f.read() == str(i) for i, f in enumerate(files))
more = []
while 1:
    fd = code(os.open, '/dev/null', os.O_RDONLY)
    if isinstance(fd, str):
        print fd, max(more)
        break
    more.append(fd)
print code(open, 'f0'), code(os.pipe), code(os.dup, 0), code(socket.socket), code(socket.socketpair)
print code(os.tmpfile), code(subprocess.Popen, [sys.executable, '-c', '1'])
print code(multiprocessing.connection.Pipe)
os.close(more.pop())
# One is free: too few for two.
print code(os.pipe), code(socket.socketpair)
fd = os.dup(0)
print fd == 1023 or fd, code(os.dup2, 0, 1024), code(os.dup2, 0, 1023)
os.close(fd)
pid = os.fork()
if pid == 0:
    print code(os.dup, 0), code(os.dup, 0)
    sys.stdout.flush()
    os._exit(0)
print os.waitpid(pid, 0)[1]
for fd in more:
    os.close(fd)
for f in files:
    f.close()
for i in range(1000):
    os.remove('f%d' % i)

# Pipes and sockets.
pipes = [os.pipe() for _ in range(500)]
for i, (r, w) in enumerate(pipes):
    os.write(w, str(i))
print len(select.select([r for r, w in pipes], [], [], 0)[0])
print all(os.read(r, 10) == str(i) for i, (r, w) in enumerate(pipes))
for pair in pipes:
    map(os.close, pair)
pairs = [socket.socketpair() for _ in range(500)]
for i, (a, b) in enumerate(pairs):
    a.sendall(str(i))
print all(b.recv(10) == str(i) for i, (a, b) in enumerate(pairs))
del pairs, a, b
listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(5)
ends = []
for i in range(300):
    one = socket.socket()
    one.connect(listener.getsockname())
    other = listener.accept()[0]
    one.sendall('%d' % i)
    ends.append((one, other))
print all(b.recv(10) == str(i) for i, (a, b) in enumerate(ends))
for a, b in ends:
    a.close()
    b.close()

# A lower limit, as `ulimit -n` sets it; what is open stays so.
resource.setrlimit(resource.RLIMIT_NOFILE, (20, hard))
kept = []
while 1:
    fd = code(os.dup, 1)
    if isinstance(fd, str):
        print fd, max(kept) == 19
        break
    kept.append(fd)
# A connection that cannot be taken waits.
one = kept.pop()
os.close(one)
client = code(socket.socket)
client.connect(listener.getsockname())
print code(listener.accept)
os.close(kept.pop())
print listener.accept()[0].fileno() == 18
for fd in kept:
    os.close(fd)
resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
print code(os.dup, 1), code(open, '/dev/null')
