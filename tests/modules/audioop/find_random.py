# findfit, findfactor and findmax over random fragments, silent windows among them.
import audioop, random, struct
random.seed(15)

def words(samples):
    return struct.pack('<%dh' % len(samples), *samples)

for turn in range(200):
    high = random.choice((1, 2, 5, 300, 32768))
    count = random.randrange(1, 60)
    window = random.randrange(0, count + 1)
    a = words([random.randrange(-high, high) for _ in range(count)])
    b = words([random.randrange(-high, high) for _ in range(window)])
    print repr(audioop.findfit(a, b)), repr(audioop.findfactor(a[:2 * window], b)), audioop.findmax(a, window)
for a, b in (([], []), ([0], [0]), ([1, 2], []), ([0, 0, 1, 2], [1, 2]), ([1, 2, 0, 0], [0, 0]), ([-32768] * 6, [-32768] * 3)):
    print repr(audioop.findfit(words(a), words(b))), audioop.findmax(words(a), len(b))
