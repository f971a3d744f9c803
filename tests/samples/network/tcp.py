# TCP echo servers threads & fork; errors
import socket, threading, os, sys, errno, select
def server(n, ready, port):
    s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', 0)); s.listen(5)
    port.append(s.getsockname()[1]); ready.set()
    for i in range(n):
        c, a = s.accept()
        def handle(c=c):
            while 1:
                d = c.recv(10)
                if not d: break
                c.sendall(d.upper())
            c.close()
        threading.Thread(target=handle).start()
    s.close()
ready, port = threading.Event(), []
t = threading.Thread(target=server, args=(3, ready, port)); t.start(); ready.wait()
for i in range(3):
    c = socket.create_connection(('127.0.0.1', port[0])); c.sendall('hello %d ' % i * 5); c.shutdown(socket.SHUT_WR)
    out = ''
    while 1:
        d = c.recv(4096)
        if not d: break
        out += d
    print out; c.close()
t.join()
try: socket.create_connection(('127.0.0.1', port[0]), 1)
except socket.error, e: print e, e.errno == errno.ECONNREFUSED
s = socket.socket()
for f in (lambda: s.recv(1), lambda: s.send('x'), lambda: s.accept(), lambda: s.getpeername(), lambda: s.listen(-1), lambda: s.connect(('127.0.0.1',)), lambda: s.connect('x'), lambda: s.bind(('256.1.1.1', 1)), lambda: s.bind(('127.0.0.1', 70000)), lambda: s.bind(('127.0.0.1', 'x')), lambda: s.shutdown(7), lambda: s.shutdown(2), lambda: s.recv(-1), lambda: s.settimeout(-1), lambda: s.settimeout('x'), lambda: socket.socket(99), lambda: socket.inet_aton('x'), lambda: socket.gethostbyname('no.such.host.invalid'), lambda: socket.getservbyname('nosuch'), lambda: socket.inet_pton(2, '1.2.3'), lambda: socket.inet_ntoa('abc'), lambda: socket.ntohs(-1), lambda: socket.ntohl('x')):
    try: print f()
    except Exception, e: print type(e).__module__, type(e).__name__, e
print s.gettimeout(), s.fileno() > 0, s.family, s.type, s.proto; s.close()
for f in (lambda: s.recv(1), lambda: s.fileno(), lambda: s.close()):
    try: print f()
    except Exception, e: print type(e).__name__, e
a, b = socket.socketpair(); a.sendall('x' * 10); print b.recv(3), repr(b.recv(3, socket.MSG_PEEK)), b.recv(100); buf = bytearray(5); a.send('abc'); print b.recv_into(buf), buf; a.send('zzz'); print b.recv_into(buf, 2), buf
f = a.makefile('w', 0); g = b.makefile('r'); f.write('l1\nl2\nl3'); f.close(); a.shutdown(1); print g.readline(), g.readlines(), g.read(), g.closed
print repr(a).startswith('<socket._socketobject object at 0x'), str(socket.timeout.__mro__), socket.error.__bases__
a.close(); b.close()
print socket.inet_ntoa('\x7f\0\0\1'), socket.inet_aton('1.2.3.4').encode('hex'), socket.htons(1), socket.ntohl(1), socket.getservbyname('http'), socket.getservbyport(25), socket.getprotobyname('tcp'), socket.getdefaulttimeout()
