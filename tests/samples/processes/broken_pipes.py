import os, sys, signal, errno
r, w = os.pipe(); os.close(r)
try: os.write(w, 'x')
except OSError, e: print e
import socket
a, b = socket.socketpair(); b.close()
try: a.send('x')
except socket.error, e: print e
got = []
signal.signal(signal.SIGPIPE, lambda n, f: got.append(n))
try: os.write(w, 'x')
except OSError, e: print e
print got
sys.stdout.flush()
from subprocess import Popen, PIPE
signal.signal(signal.SIGPIPE, signal.SIG_IGN)
p = Popen([sys.executable, '-c', 'import sys\nfor i in xrange(200000): print i'], stdout=PIPE, stderr=PIPE)
print repr(p.stdout.readline()); p.stdout.close(); print p.stderr.read(), p.wait()
p = Popen([sys.executable, '-c', 'import sys, signal\nsignal.signal(signal.SIGPIPE, signal.SIG_DFL)\nfor i in xrange(200000): print i'], stdout=PIPE, stderr=PIPE)
print repr(p.stdout.readline()); p.stdout.close(); print p.stderr.read(), p.wait()
