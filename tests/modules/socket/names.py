# Addresses and their texts, services, protocols, getaddrinfo.
import _socket

def show(f, *args):
    try:
        print f.__name__, args, repr(f(*args))
    except (_socket.error, TypeError, ValueError, OverflowError), e:
        print f.__name__, args, type(e).__name__, e

for text in ['', '1', '1.2', '1.2.3', '1.2.3.4', '1.2.3.4.5', '0x7f.1', '256.1', '1.2.3.4 ', '01.02.3.4', 1,
             '1.2.3.256', '4294967295', '4294967296', '1.2.3.4 x']:
    show(_socket.inet_aton, text)
show(_socket.inet_ntoa, 'abc')
show(_socket.inet_ntoa, 'abcd')
for args in [(2, '1.2.3.4'), (2, '1.2.3'), (2, '01.2.3.4'), (10, '::1'), (10, '::ffff:1.2.3.4'), (10, '1::2::3'),
             (10, ''), (99, '1'), (10, '1:2:3:4:5:6:7:8'), (10, '1:2:3:4:5:6:7::'), (10, ':1'), (10, '1:'), (10, '::'),
             (10, '12345::'), (10, '1:2:3:4:5:6:7:8:9')]:
    show(_socket.inet_pton, *args)
for args in [(2, 'abc'), (2, 'abcd'), (10, '\0' * 15 + '\1'), (10, 'a'), (99, 'a'), (10, '\0' * 16),
             (10, '\0' * 10 + '\xff\xff\1\2\3\4'), (10, '\0\1\0\0\0\0\0\2\0\0\0\0\0\0\0\3'),
             (10, '\0' * 12 + '\1\2\3\4'), (10, '\0\1' * 7 + '\0\0'), (10, '\0\1' * 8)]:
    show(_socket.inet_ntop, *args)
for f in (_socket.htons, _socket.ntohs, _socket.htonl, _socket.ntohl):
    for value in (0, 1, 65535, 65536, -1, (1 << 32) - 1, 1 << 70, 'x', None, 1L, -1L):
        show(f, value)
show(_socket.getservbyname, 'http')
show(_socket.getservbyname, 'http', 'tcp')
show(_socket.getservbyname, 'nosuch')
show(_socket.getservbyport, 80)
show(_socket.getservbyport, -1)
show(_socket.getservbyport, 65536)
show(_socket.getprotobyname, 'tcp')
show(_socket.getprotobyname, 'nosuch')
for args in [('127.0.0.1', 80), ('127.0.0.1', 'http'), ('127.0.0.1', None), (None, None), ('127.0.0.1', 80, 2, 1, 17),
             ('127.0.0.1', 80, 99), ('127.0.0.1', 'nosuch'), (None, 80, 2, 1, 0, 1), ('127.0.0.1', 80, 0, 0, 6),
             ('127.0.0.1', 80, 2, 3), ('127.0.0.1', 80, 2, 1, 0, 2), ('127.0.0.1', -1), ('127.0.0.1', 1.5), (1, 2),
             ('127.0.0.1', 80, 10), ('localhost', 80, 2, 1, 0, 4), ('', 80), ('127.0.0.1', 80, 2, 1, 0, 0x10000)]:
    show(_socket.getaddrinfo, *args)
for args in [(('127.0.0.1', 80), 3), (1, 2), ((1, 2), 3), (('127.0.0.1', '80'), 0), (('127.0.0.1', 80, 1, 2, 3), 0),
             (('127.0.0.1', -1), 3)]:
    show(_socket.getnameinfo, *args)
for name in ['localhost', '', '<broadcast>', '1.2.3.4', '1.2', 1, 'a\0b']:
    show(_socket.gethostbyname, name)
show(_socket.gethostbyname_ex, '127.0.0.1')
print sorted((name, value) for name, value in vars(_socket).items()
             if isinstance(value, (int, long)) and name != 'has_ipv6')
