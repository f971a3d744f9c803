# memoryview and buffer over str and bytearray.
m = memoryview('abcdef')
print m[0], m[-1], m[1:3].tobytes(), m.tolist(), len(m), m.readonly, m.format, m.itemsize, m.ndim, m.shape, m.strides, m.suboffsets, m == 'abcdef', m == memoryview('abc'), m[::1].tobytes(), hash('x') is not None
b = bytearray('xyz')
w = memoryview(b)
w[0] = 'A'; w[1:3] = 'BC'
print b, w.readonly, w[:2] == 'AB'
try:
    b.append('1')
except BufferError as e:
    print e
del w
b.append('1'); print b
x = buffer('hello', 1, 3)
print x, len(x), x[0], x[1:], str(x), x + 'z', x * 2, x == buffer('ell'), repr(x)[:27], buffer(x, 1), hash(buffer('ab')) == hash('ab'), cmp(buffer('a'), buffer('b'))
for text in ('memoryview(5)', 'memoryview(u"a")', 'm[10]', 'm["a"]', 'm[0] = "x"', 'memoryview(bytearray(2))[0:1] ', 'buffer(5)', 'buffer("a", -1)', 'x[0] = "y"', 'x[9]', 'memoryview(b)[0:2].x', 'm[::2]', 'hash(m)', 'buffer("abc", 9)'):
    try:
        exec text
    except Exception as e:
        print text, type(e).__name__, e
v = memoryview(bytearray('ab'))
for args in ((0, 'xy'), (0, 5), (9, 'x')):
    try:
        v[args[0]] = args[1]
    except Exception as e:
        print args, type(e).__name__, e
