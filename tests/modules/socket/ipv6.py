# AF_INET6: addresses, connections over ::1, both families at one port, datagrams, getaddrinfo.
import os
import select
import socket
import SocketServer
import threading


def t(label, f, *args):
    try:
        print label, repr(f(*args))
    except Exception, e:
        print label, type(e).__module__, type(e).__name__, e


def new(type=socket.SOCK_STREAM):
    return socket.socket(socket.AF_INET6, type)


def bound(address, type=socket.SOCK_STREAM):
    s = new(type)
    s.bind(address)
    return s


print socket.has_ipv6
t('name', new().getsockname)
for address in ['x', ('::1',), ('::1', 'x'), ('::1', -1), ('::1', 65536), ('::1', 1, -1), ('::1', 1, 2 ** 20),
                ('::1', 1, 2 ** 21), ('::1', 1, 1, 1, 1), (5, 1), (u'::1', 0, 0, 2 ** 32), ('2001:db8::1', 0), None]:
    t('bind %r' % (address,), new().bind, address)
s = bound(('::1', 0))
name = s.getsockname()
print name[0], name[2:], len(name)
t('in use', new().bind, name)
s.listen(2)
c = new()
c.connect(name[:2])
d, peer = s.accept()
print peer[0], peer[2:], d.family, peer == c.getsockname(), c.getpeername() == name, d.getpeername() == peer
c.sendall('hello')
print d.recv(9), select.select([d], [c], [], 0) == ([], [c], [])
d.close()
print repr(c.recv(9))
t('any', lambda: bound(('', 0)).getsockname()[::2])
t('create_connection', lambda: socket.create_connection(name[:2]).getpeername()[0])
t('refused', new().connect, ('::1', 1))

# Both families at one port, or not.
q = new()
t('listen unbound', q.listen, 1)
port = q.getsockname()[1]
print q.getsockname()[::2]
w = socket.socket()
t('IPv4 to IPv6', w.connect, ('127.0.0.1', port))
x, peer = q.accept()
print peer[0], x.getsockname()[0], x.getpeername()[2:], w.getpeername() == ('127.0.0.1', port)
w.sendall('over')
print x.recv(9)
t('taken for IPv4 too', socket.socket().bind, ('127.0.0.1', port))
o = new()
t('V6ONLY', o.getsockopt, socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)
t('set', o.setsockopt, socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
t('V6ONLY', o.getsockopt, socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)
o.bind(('::', 0))
t('too late', o.setsockopt, socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
o.listen(1)
port = o.getsockname()[1]
t('refused', socket.socket().connect, ('127.0.0.1', port))
t('free for IPv4', socket.socket().bind, ('127.0.0.1', port))
four = socket.socket()
four.bind(('127.0.0.1', 0))
four.listen(1)
m = new()
t('IPv6 to IPv4', m.connect, ('::ffff:127.0.0.1', four.getsockname()[1]))
print m.getpeername()[0], m.getsockname()[0], four.accept()[1] == ('127.0.0.1', m.getsockname()[1])
t('another family', socket.socket().connect, ('::1', 1))
t('pair', socket.socketpair, socket.AF_INET6)

# Datagrams.
u, v = bound(('::1', 0), socket.SOCK_DGRAM), new(socket.SOCK_DGRAM)
v.sendto('there', u.getsockname())
text, peer = u.recvfrom(9)
print text, peer[0], peer[2:]
u.sendto('back', peer)
print v.recv(9)
v.connect(u.getsockname())
v.send('connected')
print u.recv(9), v.getpeername() == u.getsockname()

# Names and numbers.
for args in [('::1', 80), ('::1', 80, socket.AF_INET), ('::1', 80, socket.AF_INET6, socket.SOCK_STREAM),
             ('127.0.0.1', 80, socket.AF_INET6), (None, 80, 0, socket.SOCK_STREAM, 0, socket.AI_PASSIVE),
             (None, 80, 0, socket.SOCK_STREAM), (None, 80, socket.AF_INET6, socket.SOCK_STREAM),
             ('fe80::1:2', 'http', 0, socket.SOCK_DGRAM), ('::1', 80, 0, 0, 0, socket.AI_NUMERICHOST)]:
    t('getaddrinfo %r' % (args,), socket.getaddrinfo, *args)
for args in [(('::1', 80), 3), (('::1', 80, 0, 0), 3)]:
    t('getnameinfo %r' % (args,), socket.getnameinfo, *args)


# Servers, and another process.
class Server(SocketServer.ThreadingTCPServer):
    address_family = socket.AF_INET6


class Echo(SocketServer.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.readline().upper())


server = Server(('::1', 0), Echo)
print server.server_address[0]
thread = threading.Thread(target=server.serve_forever)
thread.start()
pid = os.fork()
if pid == 0:
    s = socket.create_connection(server.server_address[:2])
    s.sendall('a line\n')
    os._exit(s.makefile().readline() != 'A LINE\n')
print os.waitpid(pid, 0)[1]
server.shutdown()
thread.join()
