# deque, defaultdict, namedtuple, Counter, OrderedDict.
from collections import deque, defaultdict, namedtuple, Counter, OrderedDict
d = deque('abc', 4)
d.append('d'); d.append('e'); d.appendleft('z'); print d, d.maxlen, d.pop(), d.popleft(), d, d.count('b'), len(d), d[0], d[-1]
d.extend([1, 2]); d.extendleft([3]); d.rotate(1); print d; d.rotate(-2); d.remove(1); d.reverse(); d[0] = 'set'; del d[0]; print d, list(reversed(d)), 3 in d, d == deque(d), d.clear(), d, deque([1]) + deque([2]) if hasattr(deque, '__add__') else '', deque(range(3)) < deque(range(4))
dd = defaultdict(list); dd['a'].append(1); print dd, dd['b'], dd.get('c'), sorted(dd), dd.default_factory, defaultdict(None, {1: 2}), dd.copy() == dd
P = namedtuple('P', 'x y'); p = P(1, y=2)
print p, p.x, p[1], p._replace(x=5), p._asdict(), P._fields, P._make([3, 4]), p == (1, 2), tuple(p), P.x.__doc__ if 0 else '', hash(p) == hash((1, 2))
c = Counter('abracadabra'); print c.most_common(2), c['z'], sorted((c + Counter('az')).items()), sorted((c - Counter('aaab')).items()), sorted(c.elements())[:3], c
o = OrderedDict([('b', 1), ('a', 2)]); o['c'] = 3; del o['b']; o['b'] = 4; print o, o.keys(), o.popitem(), o.popitem(last=False), list(reversed(o)), o == {'c': 3}
for text in ('deque([], -1)', 'deque().pop()', 'deque()[0]', 'deque([1]).remove(2)', 'deque(5)', 'defaultdict(5)', 'defaultdict()["x"]', 'namedtuple("P", "1x")', 'P(1)', 'deque([1]).rotate("a")', 'hash(deque())', 'deque().index' , 'deque([1, 2])["a"]'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
it = iter(deque([1, 2]))
dq = deque([1, 2, 3])
try:
    for x in dq: dq.append(x)
except RuntimeError as e:
    print e
