# functools and operator.
import functools, operator
p = functools.partial(int, base=2); print p('101'), p.func, p.args, p.keywords, functools.reduce(operator.add, [1, 2, 3]), functools.partial(lambda *a, **k: (a, sorted(k.items())), 1, a=2)(3, b=4)
@functools.wraps(len)
def w(): pass
print w.__name__, sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a))
@functools.total_ordering
class T(object):
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n < o.n
    def __eq__(self, o): return self.n == o.n
print T(1) <= T(2), T(3) > T(2), T(1) >= T(2)
print operator.itemgetter(1)('abc'), operator.itemgetter(0, 2)('abc'), operator.attrgetter('real', 'imag')(5), operator.attrgetter('__class__.__name__')(5), operator.methodcaller('split', ',')('a,b'), operator.add(1, 2), operator.concat('a', 'b'), operator.contains('abc', 'b'), operator.countOf([1, 1], 1), operator.indexOf('abc', 'c'), operator.getitem([1], 0), operator.isCallable(len), operator.truth([]), operator.not_([]), operator.is_(None, None), operator.iadd([1], [2]), operator.pow(2, 3), operator.index(5), operator.neg(5), operator.inv(5), operator.lt(1, 2), operator.sequenceIncludes('ab', 'a'), operator.repeat('a', 3), operator.getslice('abc', 0, 2), operator.div(7, 2), operator.truediv(7, 2), operator.mod(7, 2), operator.isSequenceType([]), operator.isMappingType({}), operator.isNumberType(1)
l = [1, 2]; operator.setitem(l, 0, 'x'); operator.delitem(l, 1); print l
for text in ('operator.add(1)', 'operator.itemgetter()', 'operator.itemgetter(5)("a")', 'operator.attrgetter("zz")(5)', 'operator.attrgetter(5)(1)', 'functools.partial()', 'functools.partial(5)', 'functools.reduce(operator.add, [])', 'operator.index(1.5)', 'operator.concat(1, 2)', 'operator.indexOf([], 1)', 'operator.repeat("a", "b")'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
