# marshal of every type, versions, bad data.
import marshal
values = [None, True, False, Ellipsis, StopIteration, 0, -1, 2 ** 31, -2 ** 31 - 1, 2 ** 62, 2 ** 70, -2 ** 100, 1.5, -0.0, 1e300, 2j, 'abc', u'\xe9\u20ac', (), (1, (2,)), [1, [2]], {1: 'a'}, set([1]), frozenset([2]), intern('name'), float('inf')]
for v in values:
    print repr(v), [marshal.dumps(v, n).encode('hex') for n in (0, 2)][v not in (set([1]),)], marshal.loads(marshal.dumps(v)) == v
print marshal.version, marshal.dumps(('ab', 'ab', intern('ab'), intern('ab'))).encode('hex')
for data in ('', 'i', 'i\1', '?', 'T', 's\xff\xff\xff\x7f', '(\xff\xff\xff\x7f', 'R\1\0\0\0', 'l\xff\xff\xff\x7f', '[\2\0\0\0N', '0', 'c', 'f\3abc', 'u\1\0\0\0\xff', 'l\1\0\0\0\0\0', '{N', '<\1\0\0\0['):
    try:
        print repr(marshal.loads(data))
    except Exception as e:
        print repr(data), type(e).__name__, e
for v in (object(), int, [object()], len):
    try:
        marshal.dumps(v)
    except ValueError as e:
        print e
l = []; l.append(l)
try:
    marshal.dumps(l)
except ValueError as e:
    print e
code = compile('def f(a, b=1):\n "doc"\n return a + b * 2.5', 'x.py', 'exec')
print marshal.dumps(code).encode('hex')
exec marshal.loads(marshal.dumps(code))
print f(2)
