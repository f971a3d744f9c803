# The order of keys is that of CPython's hashing and probing, with deletions and growth.
print {'one': 1, 'two': 2, 'three': 3, 'four': 4, 'five': 5, 'six': 6}
print dict.fromkeys('the quick brown fox jumps over the lazy dog'.split())
print dict.fromkeys([0, 8, 16, 24, 32, 5, -1, -2, 64, 2 ** 40, 2 ** 64, 1.5, 0.1, None == 0, (1, 2), u'x', 3 + 4j])
d = {}
for i in range(20): d[i * 7 % 31] = i
for i in range(0, 31, 3): d.pop(i, None)
print d, d.keys() == list(d), d.popitem(), d.popitem()
for i in range(5): d['k%d' % i] = i
del d['k1'], d['k3']
d['k9'] = 9
print d
print set('hello world'), frozenset(range(0, 100, 9)), set(['a', 'b', 'c', 1, 2.5, (), u'z', 'long string here']), {x % 7 for x in range(50)}
big = dict((str(i), i) for i in range(1000))
print big.keys()[:20], big.keys()[-5:], hash(tuple(big)), [k for k in big if len(k) == 1]
class C(object):
    zeta = 1; alpha = 2; mid = 3
print [k for k in C.__dict__ if k[0] != '_'], vars(type('T', (), dict(b=1, a=2, c=3))).keys()
