# xrange and range: lengths, steps, indexing, huge values, errors.
print xrange(5), xrange(1, 10, 3), list(xrange(5)), list(xrange(10, 0, -3)), len(xrange(0, 100, 7)), xrange(10)[3], xrange(10)[-1], list(xrange(5, 0)), 3 in xrange(5), list(reversed(xrange(4))), list(reversed(xrange(0, 10, 3))), repr(xrange(3, 3)), repr(xrange(1, 10, 4)), bool(xrange(0)), range(3), range(5, 0, -2), range(0), range(2 ** 62, 2 ** 62 + 3), range(10 ** 20, 10 ** 20 + 2), range(-5L, 2, 3)
import sys
print list(xrange(sys.maxint - 2, sys.maxint)), len(xrange(-sys.maxint, 0)) == sys.maxint, xrange(0, sys.maxint, sys.maxint // 2)[1] == sys.maxint // 2, type(iter(xrange(1))).__name__
for text in ('xrange(2 ** 63)', 'xrange(1, 5, 0)', 'range(1, 5, 0)', 'xrange("a")', 'range("a")', 'xrange(1.5)', 'range(1.5)', 'xrange(5)[5]', 'xrange(5)[1:2]', 'xrange()', 'range()', 'xrange(1, 2, 3, 4)', 'len(xrange(-sys.maxint, sys.maxint))', 'range(2 ** 62)', 'range(0, 10 ** 30)', 'xrange(5)["a"]', 'range(1, 2, "x")', 'hash(xrange(1)) and 1'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
