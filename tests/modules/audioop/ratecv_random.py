# Rates and weights at random, in one piece and with the state handed on.
import audioop, random, struct, zlib
random.seed(14)
FORMAT = {1: 'b', 2: 'h', 4: 'i'}

def fragment(width, count):
    high = 1 << 8 * width - 1
    return struct.pack('<%d%s' % (count, FORMAT[width]), *[random.randrange(-high, high) for _ in range(count)])

for width in 1, 2, 4:
    for channels in 1, 2, 5:
        for turn in range(12):
            rates = random.choice(((1, 1), (8000, 11025), (44100, 8000), (22050, 48000), (2, 1), (1, 7),
                                   (random.randrange(1, 99), random.randrange(1, 99))))
            weights = random.choice(((), (1,), (1, 0), (3, 1), (30, 10), (2 ** 31 - 1, 2 ** 31 - 2),
                                     (random.randrange(1, 99), random.randrange(0, 99))))
            state, pieces = None, ''
            for size in 0, 1, 2, 30, 7:
                data, state = audioop.ratecv(fragment(width, size * channels), width, channels,
                                             rates[0], rates[1], state, *weights)
                pieces += data
                print state,
            print width, channels, rates, weights, len(pieces), zlib.crc32(pieces)
print audioop.ratecv('ab', 1, 1, 2 ** 31 - 1, 2 ** 31 - 2, None)
print audioop.ratecv('ab', 1, 1, 2 ** 31 - 2, 2 ** 31 - 1, None)
print audioop.ratecv('ab', 1, 1, 2 ** 31 - 1, 1, None)
print audioop.ratecv('ab', 1, 1, 1, 3, (-3, ((0, 2 ** 31 - 1),)))
print audioop.ratecv('ab', 1, 1, 1, 3, (-3, ((-2 ** 31, 0),)), 1, 2 ** 31 - 1)
print audioop.ratecv('abcd', 1, 1, 1, 1, (-5, ((0, 0),)))
print audioop.ratecv('abcd', 1, 1, 1, 1, (3, ((-2 ** 31, 2 ** 31 - 1),)))
