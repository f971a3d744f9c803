# set and frozenset: operators, methods, with other iterables, errors.
a, b = set([1, 2, 3]), frozenset([3, 4])
print a | b, b | a, a & b, a - b, a ^ b, type(a | b).__name__, type(b | a).__name__, a.union([5], (6,)), a.intersection([1, 9], [1]), a.difference([1], [2]), a.symmetric_difference([3, 7]), a.isdisjoint([9]), a <= a, a < a, a >= set([1]), a.issubset([1, 2, 3, 4]), a.issuperset('') , a == frozenset(a), a != b, set() == frozenset()
s = set()
s.add(1); s.add(1); s.update('ab', [2]); s.discard('zz'); s.remove('a'); print s, len(s), 'b' in s, s.copy() == s
s |= set([10]); s &= set([10, 1]); s ^= set([7]); s -= set([7]); print s, s.pop() in (1, 10), len(s), s.clear(), s
print set([frozenset([1])]), frozenset([1]) in set([frozenset([1])]), set([1]) in set([frozenset([1])]), hash(frozenset()), hash(frozenset([1, 2, 3])), hash(frozenset('abc')) == hash(frozenset('cba')), repr(set()), repr(frozenset('a')), {1, 1.0, True}, frozenset(frozenset([1])), set('abc').intersection(set('bcd'), 'cde')
class S(set): pass
x = S([1]); x.attr = 1
print x, x | set([2]), type(x | set([2])).__name__, type(x.copy()).__name__, repr(S())
for text in ('set(5)', 'set([[]])', '{[]}', 'set().pop()', 'set().remove(1)', 'set().remove([])', 'hash(set())', 'set() | [1]', 'set() < [1]', 'set().add()', 'frozenset().add(1)', 'set() + set()', 'cmp(set(), set([1]))', 'set([1]).remove(set([1]))', 'set(1, 2)', 'set() <= 5', 'set(a=1)', 'set()[0]', 's.update(5)', 'set().intersection(5)', '[] in set()'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
it = iter(set([1, 2]))
