# UDP and AF_UNIX datagrams, AF_UNIX streams, timeouts, sockets that do not wait.
import errno, os, select, socket, stat

a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
a.bind(('127.0.0.1', 0))
b.bind(('127.0.0.1', 0))
print b.sendto('one', a.getsockname()), b.sendto('', a.getsockname()), b.sendto('three', a.getsockname())
data, address = a.recvfrom(10)
print data, address == b.getsockname()
print repr(a.recv(10)), a.recv(2)
a.setblocking(0)
try:
    a.recv(1)
except socket.error, e:
    print errno.errorcode[e.errno], e
a.settimeout(0.02)
try:
    a.recv(1)
except socket.timeout, e:
    print repr(e)
b.connect(a.getsockname())
b.send('connected')
print a.recv(20), b.getpeername() == a.getsockname()
try:
    a.sendto('x' * 70000, b.getsockname())
except socket.error, e:
    print e

server = socket.socket(socket.AF_UNIX)
server.bind('here')
print repr(server.getsockname()), stat.S_ISSOCK(os.stat('here').st_mode)
server.listen(1)
client = socket.socket(socket.AF_UNIX)
client.connect('here')
conn, address = server.accept()
print repr(address), repr(client.getpeername())
client.send('over a path')
print conn.recv(20)
try:
    socket.socket(socket.AF_UNIX).bind('here')
except socket.error, e:
    print e
server.close()
try:
    socket.socket(socket.AF_UNIX).connect('here')
except socket.error, e:
    print e
os.unlink('here')
try:
    socket.socket(socket.AF_UNIX).connect('here')
except socket.error, e:
    print e

c, d = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
c.send('message one')
c.send('two')
print d.recv(7), d.recvfrom(20)
c.close()
try:
    d.send('x')
except socket.error, e:
    print e

listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(1)
listener.settimeout(0.02)
try:
    listener.accept()
except socket.timeout, e:
    print repr(e)
client = socket.socket()
client.setblocking(0)
print errno.errorcode[client.connect_ex(listener.getsockname())]
print select.select([], [client], [], 5) == ([], [client], []), client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
conn, address = listener.accept()
print conn.gettimeout(), select.select([client], [], [], 0)
conn.close()
print select.select([client], [], [], 5) == ([client], [], []), repr(client.recv(1))
