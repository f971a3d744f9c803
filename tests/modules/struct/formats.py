# struct: sizes, native and standard, packing, errors.
import struct
for f in 'xcbB?hHiIlLqQfdspP':
    print f, struct.calcsize(f), struct.calcsize('<' + f) if f != 'P' else '', 
print struct.calcsize('bi'), struct.calcsize('=bi'), struct.calcsize('bq'), struct.calcsize('i0q'), struct.calcsize('3s2h')
for f, args in (('<i', (1,)), ('>i', (-2,)), ('!H', (65535,)), ('<q', (-2 ** 63,)), ('>Q', (2 ** 64 - 1,)), ('5s', ('ab',)), ('5p', ('abcdefg',)), ('<f', (1.5,)), ('>d', (-0.1,)), ('2h', (1, 2)), ('?c', (True, 'z')), ('bx?', (1, 0)), ('<l', (5L,)), ('P', (255,))):
    data = struct.pack(f, *args)
    print f, data.encode('hex'), struct.unpack(f, data)
for f, args in (('b', (128,)), ('B', (-1,)), ('H', (70000,)), ('i', ('a',)), ('i', ()), ('i', (1, 2)), ('c', ('ab',)), ('s', (5,)), ('z', (1,)), ('<P', (1,)), ('f', (1e300,)), ('q', (2 ** 63,)), ('i', (1.5,)), ('5', ()), ('Q', (-1,)), ('<?', ('x',)), ('99999999999999999999s', ('a',))):
    try:
        print f, repr(struct.pack(f, *args))
    except Exception as e:
        print f, args, type(e).__name__, e
s = struct.Struct('<hh')
b = bytearray(6); s.pack_into(b, 1, 1, 2); print repr(b), s.unpack_from(b, 1), s.size, s.format, s.unpack(buffer('abcd'))
for text in ("struct.unpack('i', 'abc')", "struct.unpack_from('i', 'abc')", "s.pack_into(b, 5, 1, 2)", "struct.unpack('i', 5)", "s.pack_into('abc', 0, 1, 2)", "struct.Struct(5)", "struct.unpack('<f', '\\x00\\x00\\xc0\\x7f')"):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
