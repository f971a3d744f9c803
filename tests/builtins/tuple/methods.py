# Tuples: construction, operators, hashing, comparing, errors.
print (), (1,), (1, 2), tuple('ab'), tuple([1]), (1, 2) + (3,), (1,) * 3, (1, 2)[0], (1, 2, 3)[1:], (1, 2, 3)[::-1], len(()), 1 in (1, 2), (1, 2) < (1, 3), (1,) < (1, 0), (1, 2).count(2), (1, 2).index(2), hash((1, 2)), hash(()), hash((1, (2, 'a' == 'b'))), tuple(), tuple((1, 2)) , cmp((1,), (2,)), max((1, 2), (1, 3)), () is (), (1, 'a', None) == (1, 'a', None), tuple({1: 2})
t = (1, 2)
print tuple(t) is t, t[:] is t, t + () == t, t * 1 is t, sum(((1,), (2,)), ())
for text in ('(1,)[1]', '(1, 2).index(3)', 'hash(([],))', '(1,) + [2]', 't[0] = 1', 'del t[0]', '(1,) * "x"', 'tuple(5)', 't.x = 1', 't["a"]', '(1,) * 2 ** 62', 'tuple(1, 2)', '(1, 2).index()'):
    try:
        exec text
    except Exception as e:
        print text, type(e).__name__, e
