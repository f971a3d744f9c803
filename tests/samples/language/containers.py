# itertools collections heapq bisect struct array
import itertools as I, collections as C, heapq, bisect, struct, array, operator, functools
for e in ('list(I.chain([1], "ab"))', 'list(I.chain.from_iterable([[1], [2]]))', 'list(I.islice(I.count(5, 3), 4))', 'list(I.izip("ab", [1, 2, 3]))', 'list(I.izip_longest("ab", [1], fillvalue="-"))', 'list(I.product("ab", repeat=2))', 'list(I.permutations([1, 2, 3], 2))', 'list(I.combinations("abc", 2))', 'list(I.combinations_with_replacement("ab", 2))', '[(k, list(g)) for k, g in I.groupby("aabbb")]', 'list(I.takewhile(lambda x: x < 3, range(5)))', 'list(I.dropwhile(lambda x: x < 3, range(5)))', 'list(I.ifilter(None, [0, 1]))', 'list(I.ifilterfalse(None, [0, 1]))', 'list(I.imap(pow, [2, 3], [4, 2]))', 'list(I.starmap(pow, [(2, 3)]))', 'list(I.compress("abc", [1, 0, 1]))', 'list(I.islice(I.cycle("ab"), 5))', 'list(I.repeat(1, 2)), I.repeat(1, 2), I.count(3), I.count(1.5, 2)', '[list(x) for x in I.tee([1, 2])]', 'list(I.islice([1, 2, 3], -1))', 'list(I.islice([1], 0, 5, 0))', 'list(I.izip())', 'I.chain(5)', 'list(I.chain(5))', 'I.count("a")', 'list(I.groupby([1, 2, 3, 4], key=lambda x: x // 3))[0][0]', 'next(I.permutations("", 1), None)', 'list(I.product([1], [2, 3])), list(I.product()), I.product("ab", repeat=-1)'):
    try: print e, '->', eval(e)
    except Exception, x: print e, '->', type(x).__name__, x
P = C.namedtuple('P', 'x y'); p = P(1, y=2); print p, p.x, p._asdict(), p._replace(x=5), P._fields, P._make([3, 4]), p == (1, 2), P.__doc__, repr(P.x)[:9]
for a in (('Q', 'a a'), ('Q', 'class'), ('Q', '_x'), ('1Q', 'x'), ('Q', ['a', 'b', 5])):
    try: print C.namedtuple(*a)._fields
    except (ValueError, TypeError), x: print x
print C.namedtuple('R', 'a def a', rename=True)._fields
for f in (lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: p._replace(q=1), lambda: setattr(p, 'x', 1)):
    try: f()
    except Exception, x: print type(x).__name__, x
d = C.deque([1, 2, 3], 3); d.append(4); d.appendleft(0); d.rotate(1); print d, d.maxlen, d[0], d.count(3), d.pop(), d.popleft(), list(reversed(d)); d.extend('ab'); d.extendleft('xy'); print d, d == C.deque(d), C.deque('ab') < C.deque('b')
for f in (lambda: C.deque().pop(), lambda: d[9], lambda: d.remove('zz'), lambda: C.deque([], -1), lambda: [d.append(1) for x in d], lambda: hash(d)):
    try: print f()
    except Exception, x: print type(x).__name__, x
dd = C.defaultdict(list); dd['a'].append(1); print dd, dd.get('q'), dd.default_factory, C.defaultdict(None) , C.defaultdict(int, a=1).copy()
try: C.defaultdict()['x']
except KeyError, x: print 'KeyError', x
od = C.OrderedDict([('b', 1), ('a', 2)]); od['c'] = 3; od['b'] = 9; print od, od.popitem(), od.popitem(False), od == {'a': 2}, od.keys(), list(reversed(od)), C.OrderedDict(a=1) == C.OrderedDict(a=1); od.update(z=1); del od['a']; print od
c = C.Counter('abracadabra'); print c, c.most_common(2), c['zz'], c + C.Counter(a=1, z=2), c - C.Counter('aaa'), c & C.Counter('ab'), c | C.Counter('zz'), sorted(c.elements())[:3], sum(c.values()); c.subtract('aaaaaaa'); print c['a']; c.update({'q': 3}); print c['q']; del c['nope']
h = [5, 3, 8, 1]; heapq.heapify(h); print h, heapq.heappop(h), heapq.heappushpop(h, 0), heapq.heapreplace(h, 9), h, heapq.nlargest(2, [1, 5, 3]), heapq.nsmallest(2, 'hello', key=lambda x: -ord(x)), list(heapq.merge([1, 4], [2, 3]))
try: heapq.heappop([])
except IndexError, x: print x
l = [1, 3, 3, 5]; print bisect.bisect(l, 3), bisect.bisect_left(l, 3), bisect.insort(l, 4), l, bisect.bisect(l, 2, 1, 3)
for f in ('b', 'B', '<h', '>H', '!i', '<I', '<q', '>Q', '<f', '>d', '3s', '5p', '?', 'c', 'xx', 'hi', '<hi', '@ihb', '2i', 'P', 'l', '0i', ' i', 'i i', '3c', 'n', '<i3s2x', ''):
    try: n = struct.calcsize(f); print f, n,
    except struct.error, x: print f, x,
for a in (('>hIb', 1, 2, -1), ('<d', 1.5), ('3s', 'abcde'), ('5s', 'ab'), ('4p', 'abcdef'), ('b', 200), ('B', -1), ('h', 'x'), ('i', 2 ** 31), ('I', -1), ('f', 1e40), ('c', 'ab'), ('?', []), ('i',), ('i', 1, 2), ('zz', 1), ('q', 2 ** 63), ('i', 1.5), ('s', 5), ('>e', 1), ('Q', 2 ** 64 - 1), ('<l', -1)):
    try: print struct.pack(*a).encode('hex'),
    except struct.error, x: print 'E:', x,
print; print struct.unpack('>hH', '\xff\xff\xff\xff'), struct.unpack('3s1c', 'abcd'), struct.unpack_from('<H', 'xxab', 2), struct.Struct('<3i').size
for a in (('i', 'abc'), ('', 'x'), ('<i', 'abcde')):
    try: print struct.unpack(*a)
    except struct.error, x: print x
b = bytearray(8); struct.pack_into('<I', b, 2, 0x01020304); print repr(b)
try: struct.pack_into('<I', b, 6, 1)
except struct.error, x: print x
a = array.array('i', [1, 2, 3]); a.append(4); a.extend([5]); a.insert(0, 0); print a, a[1:3], a.itemsize, a.typecode, a.tostring()[:8].encode('hex'), a.index(3), a.count(2), a.pop(), a.tolist(), a + a, a * 2, a == array.array('i', a), 3 in a, len(a); a.reverse(); a.byteswap(); print a[0]; a[0:2] = array.array('i', [7]); print a[0], a.buffer_info()[1]
for f in (lambda: array.array('i', ['x']), lambda: array.array('z'), lambda: array.array('b', [200]), lambda: a.append('x'), lambda: a.fromstring('abc'), lambda: a[99], lambda: array.array('c', 'abc'), lambda: array.array('u', u'h\xe9'), lambda: array.array('d', [1, 2.5]), lambda: array.array('B', 'ab'), lambda: a + [1], lambda: a.remove(99), lambda: array.array('i', [2 ** 31])):
    try: print f()
    except Exception, x: print type(x).__name__, x
print operator.itemgetter(1, 0)('ab'), operator.attrgetter('real', 'imag')(1j), operator.methodcaller('upper')('x'), operator.concat([1], [2]), operator.countOf('aab', 'a'), operator.truth([]), operator.index(5), operator.isCallable(len), operator.sequenceIncludes([1], 1), functools.reduce(operator.mul, range(1, 6)), functools.partial(int, base=2)('101'), functools.partial(max, 1).args
@functools.total_ordering
class V(object):
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __lt__(s, o): return s.v < o.v
print V(1) <= V(2), V(1) >= V(2), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)), V(1) != V(1)
