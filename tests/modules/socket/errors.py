# What the calls of a socket answer to arguments and states that do not fit.
import socket, _socket, errno

def show(label, f, *args):
    try:
        print label, repr(f(*args))
    except (socket.error, TypeError, ValueError, OverflowError), e:
        print label, type(e).__name__, e

s = _socket.socket()
for address in [1, (), ('a',), ('127.0.0.1', 'x'), ('127.0.0.1', -1), ('127.0.0.1', 65536), ('', 0, 0)]:
    show('bind', s.bind, address)
u = _socket.socket(socket.AF_UNIX)
for address in [1, ('a',), '', 'x' * 108, 'x' * 109, '\0nobody', '/no/such/path']:
    show('connect', u.connect, address)
show('getsockname', u.getsockname)
show('getpeername', u.getpeername)
for args in [(2, 99), (99, 1), (2, 1, 17), (2, 5), ('x',)]:
    show('socket', _socket.socket, *args)
for value in [1, 1.5, 0, -1, None, 'x']:
    show('settimeout', s.settimeout, value)
    print s.gettimeout(), s.timeout
s.settimeout(None)
show('setblocking', s.setblocking, 'x')
show('listen', s.listen, 'x')
for args in [(1, 3), (1, 4, 4), (1, 13, 8), (1, 2, -1), (1, 2, 1025), (1, 9999), (6, 1), (1, 30)]:
    show('getsockopt', s.getsockopt, *args)
for args in [(1, 2, 1), (6, 1, 1), (1, 13, '\1\0\0\0\5\0\0\0'), (1, 2, 'x'), (1, 2, 1.5), (1, 999, 1)]:
    show('setsockopt', s.setsockopt, *args)
print s.getsockopt(1, 2), s.getsockopt(6, 1), repr(s.getsockopt(1, 13, 8))
s = _socket.socket()
show('recv', s.recv, -1)
show('recv', s.recv, 10)
show('send', s.send, 'x')
show('recv_into', s.recv_into, 'x')
show('recv_into', s.recv_into, bytearray(3), 10)
show('recv_into', s.recv_into, bytearray(3), -1)
show('recvfrom', s.recvfrom, -1)
show('recvfrom_into', s.recvfrom_into, bytearray(3), 10)
show('recvfrom_into', s.recvfrom_into, bytearray(3), -1)
show('sendto', s.sendto, 'x')
show('sendto', s.sendto, 'x', 1)
show('sendto', s.sendto, 'x', 1, 1, 1)
show('sendall', s.sendall, 3)
show('shutdown', s.shutdown, 1)
show('shutdown', s.shutdown, 9)
show('accept', s.accept)
s.close()
s.close()
print s.fileno(), s
show('recv', s.recv, 1)
show('getsockname', s.getsockname)
show('dup', s.dup)
