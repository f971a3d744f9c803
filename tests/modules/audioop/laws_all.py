# The two laws over all codes and all samples of sixteen bits.
import audioop, struct, zlib
codes = ''.join(map(chr, range(256)))
samples = struct.pack('<65536h', *range(-32768, 32768))
for law in 'ulaw', 'alaw':
    decode, encode = getattr(audioop, law + '2lin'), getattr(audioop, 'lin2' + law)
    print law, struct.unpack('<256h', decode(codes, 2))
    print struct.unpack('<256b', decode(codes, 1))
    print zlib.crc32(decode(codes, 4))
    coded = encode(samples, 2)
    print zlib.crc32(coded)
    print [i - 32768 for i in range(1, 65536) if coded[i] != coded[i - 1]]
    print repr(encode(codes, 1)), zlib.crc32(encode(samples, 4)), zlib.crc32(encode(samples, 1))
