# sort and sorted: key, cmp, reverse, stability, errors during the sort, changes below it.
words = ['banana', 'Apple', 'cherry', 'apple', 'Banana', 'date']
print sorted(words), sorted(words, key=str.lower), sorted(words, reverse=True), sorted(words, cmp=lambda a, b: cmp(len(a), len(b))), sorted(words, key=len, reverse=True), sorted(words, None, str.upper, 1)
import random
r = random.Random(7)
for n in (0, 1, 2, 3, 10, 63, 64, 65, 200, 1000, 3000):
    data = [r.randrange(n or 1) for _ in xrange(n)]
    s = sorted(data)
    assert all(s[i] <= s[i + 1] for i in xrange(n - 1)) and sorted(data, reverse=True) == s[::-1]
    pairs = sorted(enumerate(data), key=lambda p: p[1])
    assert pairs == sorted(enumerate(data), key=lambda p: (p[1], p[0]))
    for shape in (range(n), range(n, 0, -1), range(n / 2) * 2, [1] * n, range(n) + [0]):
        assert sorted(shape) == sorted(sorted(shape, reverse=True))
l = [3, 1, 2]
def spy(x):
    print 'key sees', l,
    return x
l.sort(key=spy); print l
def evil(x):
    l.append(99)
    return x
try:
    l.sort(key=evil)
except ValueError as e:
    print e, sorted(l)
class X(object):
    def __lt__(self, o): raise KeyError('lt')
try:
    [X(), X()].sort()
except KeyError as e:
    print e
for text in ('sorted([1, 2], cmp=5)', 'sorted([1, 2], key=5)', 'sorted([1, 2], lambda a, b: "x")', 'sorted(5)', '[1, 1j].sort()', 'sorted([3, 2], cmp=lambda a, b: 2 ** 70)', 'sorted([1], foo=2)'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
