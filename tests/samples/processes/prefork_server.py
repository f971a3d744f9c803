# prefork echo server with supervisor restarting crashed workers
import os, sys, socket, signal, time, errno
lsock = socket.socket(); lsock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); lsock.bind(('127.0.0.1', 0)); lsock.listen(10); addr = lsock.getsockname()
def worker(n):
    while 1:
        try: c, a = lsock.accept()
        except socket.error, e:
            if e.errno == errno.EINTR: continue
            raise
        d = c.recv(100)
        if d == 'crash': os._exit(7)
        c.sendall('%s' % d[::-1]); c.close()
kids = {}
number = [0]
def spawn(n):
    number[0] = n; sys.stdout.flush(); pid = os.fork()
    if pid == 0:
        try: worker(n)
        finally: os._exit(99)
    kids[pid] = n
signal.signal(signal.SIGTERM, lambda s, f: os._exit(20 + number[0]))
for i in range(3): spawn(i)
def ask(s):
    c = socket.create_connection(addr); c.sendall(s); r = c.recv(100); c.close(); return r
print sorted(ask('msg%d' % i) for i in range(6))
for i in range(2):
    print repr(ask('crash')); pid, st = os.wait(); print 'crashed with', os.WEXITSTATUS(st); spawn(kids.pop(pid))
print sorted(ask('again%d' % i) for i in range(4))
time.sleep(0.3) # all wait in accept
for p in kids: os.kill(p, signal.SIGTERM)
print sorted(os.WEXITSTATUS(os.waitpid(p, 0)[1]) for p in list(kids))
lsock.close()
try: ask('x')
except socket.error, e: print e.errno == errno.ECONNREFUSED
