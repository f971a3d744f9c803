# random with a seed gives CPython's numbers; state round trips.
import random
r = random.Random(42)
print r.random(), r.randint(1, 100), r.choice('abcdef'), r.sample(range(50), 5), r.gauss(0, 1), r.getrandbits(70), r.uniform(1, 2), r.randrange(0, 1000, 7), r.expovariate(1), r.betavariate(1, 2)
l = range(10); r.shuffle(l); print l
s = r.getstate(); a = r.random(); r.setstate(s); print r.random() == a, s[0], len(s[1])
for seed in (0, 1L, -5, 2 ** 70, 'text', 1.5, (1, 2), None if 0 else 'x'):
    print random.Random(seed).random(),
r.jumpahead(100); print r.random()
random.seed(7); print random.random(), random.triangular(), random.vonmisesvariate(1, 2)
for text in ('r.randrange(0)', 'r.choice([])', 'r.sample([1], 2)', 'r.getrandbits(0)', 'r.getrandbits(-1)', 'r.setstate((3, (1,), None))', 'r.randint(2, 1)', 'r.seed([])'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
