# Every ADPCM code from every step, and what states random fragments lead to.
import audioop, random, struct, zlib
for value in 0, 32767, -32768, -5:
    for index in range(89):
        found = [audioop.adpcm2lin(chr(code << 4 | 8), 2, (value, index)) for code in range(16)]
        print value, index, [struct.unpack('<2h', data) + state for data, state in found][::3],
        print zlib.crc32(repr(found))
random.seed(13)
FORMAT = {1: 'b', 2: 'h', 4: 'i'}
for width in 1, 2, 4:
    state = back = None
    for count in range(30):
        high = 1 << random.randrange(1, 8 * width)
        data = struct.pack('<%d%s' % (count, FORMAT[width]), *[random.randrange(-high, high) for _ in range(count)])
        coded, state = audioop.lin2adpcm(data, width, state)
        plain, back = audioop.adpcm2lin(coded, width, back)
        print width, count, repr(coded), state, zlib.crc32(plain), back
