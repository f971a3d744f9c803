# Every measure of random fragments of each width, among them ones with few different values.
import audioop, random, struct
random.seed(11)
FORMAT = {1: 'b', 2: 'h', 4: 'i'}

def fragment(width, count, high):
    high = min(high, 1 << 8 * width - 1)
    return struct.pack('<%d%s' % (count, FORMAT[width]),
                       *[random.randrange(-high, high) for _ in range(count)])

for width in 1, 2, 4:
    for count in 0, 1, 2, 3, 7, 40, 700:
        for high in 1, 2, 5, 100, 1 << 31:
            data = fragment(width, count, high)
            print width, count, high,
            for name in 'max', 'minmax', 'avg', 'rms', 'avgpp', 'maxpp', 'cross':
                print repr(getattr(audioop, name)(data, width)),
            print [audioop.getsample(data, width, i) for i in (0, count // 2, count - 1) if count]

most, least = 2 ** 31 - 1, -2 ** 31
for samples in ([least], [most], [least] * 3, [most, least] * 3, [0, least, most, least, most], [-1, -1, -2]):
    data = struct.pack('<%di' % len(samples), *samples)
    for name in 'max', 'minmax', 'avg', 'rms', 'avgpp', 'maxpp', 'cross':
        print repr(getattr(audioop, name)(data, 4)),
    print
