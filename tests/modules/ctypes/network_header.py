# Big-endian network headers over a bytearray, against struct.
import struct
from ctypes import *

class IPv4(BigEndianStructure):
    _pack_ = 1
    _fields_ = [('version', c_ubyte, 4), ('ihl', c_ubyte, 4), ('tos', c_ubyte),
                ('length', c_uint16), ('ident', c_uint16), ('flags', c_uint16, 3),
                ('fragment', c_uint16, 13), ('ttl', c_ubyte), ('proto', c_ubyte),
                ('checksum', c_uint16), ('source', c_ubyte * 4), ('target', c_ubyte * 4)]
class UDP(BigEndianStructure):
    _fields_ = [(n, c_uint16) for n in ('source', 'target', 'length', 'checksum')]
class Packet(BigEndianStructure):
    _fields_ = [('ip', IPv4), ('udp', UDP), ('payload', c_char * 8)]

print sizeof(IPv4), sizeof(UDP), sizeof(Packet), Packet.udp.offset
raw = bytearray(sizeof(Packet))
p = Packet.from_buffer(raw)
p.ip = IPv4(4, 5, 0, 36, 0xbeef, 2, 100, 64, 17, 0, (192, 168, 0, 1), (10, 0, 0, 255))
p.udp.source, p.udp.target, p.udp.length = 1234, 53, 16
p.payload = 'payload!'
print repr(bytes(raw))
print bytes(raw) == struct.pack('>BBHHHBBH4B4B4H8s', 0x45, 0, 36, 0xbeef, 2 << 13 | 100, 64, 17, 0,
                                192, 168, 0, 1, 10, 0, 0, 255, 1234, 53, 16, 0, 'payload!')
total = sum(struct.unpack('>10H', buffer(raw, 0, 20)))
p.ip.checksum = ~(total + (total >> 16)) & 0xffff
print hex(p.ip.checksum), [hex(b) for b in raw[8:12]]
q = Packet.from_buffer_copy(raw)
raw[0] = 0x60
print p.ip.version, q.ip.version, q.ip.ihl, q.ip.flags, q.ip.fragment, q.ip.ttl, q.payload
print '.'.join(map(str, q.ip.source)), q.ip.target[:], list(q.ip.target[::-1])
for t in c_short, c_uint, c_longlong, c_float, c_double:
    x = t.__ctype_be__(1)
    print t.__name__, x, repr(buffer(x)[:]), t.__ctype_be__.__ctype_le__ is t, memoryview(x).format
    print (t.__ctype_be__ * 2)(1, 2)[:], sizeof(t.__ctype_be__ * 2)
try:
    class Bad(BigEndianStructure):
        _fields_ = [('p', POINTER(c_int))]
except TypeError as e:
    print e
