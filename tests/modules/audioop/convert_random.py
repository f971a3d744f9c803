# Every conversion of random fragments of each width, as digests; small ones in full.
import audioop, random, struct, zlib
random.seed(12)
FORMAT = {1: 'b', 2: 'h', 4: 'i'}

def fragment(width, count):
    high = 1 << 8 * width - 1
    samples = [random.randrange(-high, high) for _ in range(count)]
    samples[:4] = [0, -1, high - 1, -high][:count]
    return struct.pack('<%d%s' % (count, FORMAT[width]), *samples)

def show(name, *args):
    data = getattr(audioop, name)(*args)
    if len(data) <= 16:
        print name, repr(data)
    else:
        print name, len(data), '%08x' % (zlib.crc32(data) & 0xffffffff)

for width in 1, 2, 4:
    for count in 0, 1, 4, 500:
        data, other = fragment(width, count), fragment(width, count)
        for name in 'reverse', 'lin2ulaw', 'lin2alaw', 'ulaw2lin', 'alaw2lin':
            show(name, data, width)
        for to in 1, 2, 4:
            show('lin2lin', data, width, to)
        show('add', data, other, width)
        for bias in 0, 1, -1, 300, -70000, 2 ** 31 - 1, -2 ** 31:
            show('bias', data, width, bias)
        for factor in 0, 1, .5, -.5, 1.5, -1.5, 1 / 3., -1, 1e-9, 127.9, 1e300, -1e308, float('inf'), float('-inf'), float('nan'), 2 ** 900:
            show('mul', data, width, factor)
            show('tomono', data * 2, width, factor, .7)
            show('tomono', data * 2, width, factor, -factor)
            show('tostereo', data, width, factor, 1 - factor)
