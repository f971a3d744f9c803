# bz2: random, mutated and shortened streams through decompress, BZ2Decompressor and every method of BZ2File.
import bz2
from fuzzlib import note, run

EXPECTED = IOError, EOFError, ValueError, RuntimeError, MemoryError, StopIteration
TEXTS = '', 'a', 'hello world ' * 50, 'a' * 5000, 'x\r\ny\r\n\nz' * 99, ''.join(chr(i * i * 31 >> 3 & 255) for i in xrange(3000))
SEEDS = [bz2.compress(text, level) for text in TEXTS for level in (1, 9)]

def try_(f, *args):
    try: f(*args)
    except EXPECTED: pass

def random_bytes(rng, n):
    return ''.join(chr(rng.randrange(256)) for _ in xrange(rng.randrange(n)))

def stream(rng):
    how = rng.randrange(5)
    if how == 0: return random_bytes(rng, 300)
    if how == 1: return 'BZh%d1AY&SY' % rng.randrange(1, 10) + random_bytes(rng, 600)
    s = bytearray(rng.choice(SEEDS))
    for _ in xrange(rng.randrange(1, 6)): s[rng.randrange(len(s))] ^= 1 << rng.randrange(8)
    if how == 2: del s[rng.randrange(len(s)):]
    if how == 3: s = s[:rng.randrange(len(s))] + rng.choice(SEEDS)[rng.randrange(14):]
    return str(s)

def case(rng, n):
    s = stream(rng)
    note(repr(s))
    try_(bz2.decompress, s)
    d, at = bz2.BZ2Decompressor(), 0
    while at < len(s):
        size = rng.randrange(1, 60)
        try_(d.decompress, s[at:at + size])
        at += size
    with open('stream', 'wb') as out: out.write(s)
    f = bz2.BZ2File('stream', rng.choice('rU'))
    for _ in xrange(10):
        name = rng.choice(('read', 'readline', 'readlines', 'seek', 'next', 'tell', 'read', 'readline', 'close', 'write'))
        args = {'seek': (rng.randrange(-9, 200), rng.randrange(4)), 'next': (), 'tell': (), 'close': (), 'write': ('x',)}.get(
            name, rng.choice(((), (rng.randrange(-2, 40),))))
        note('%s%r' % (name, args))
        if name != 'close' or rng.random() < 0.1: try_(getattr(f, name), *args)
        f.newlines, f.closed

run(case)
