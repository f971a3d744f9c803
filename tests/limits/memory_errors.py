# Sizes that memory cannot hold are MemoryError or OverflowError, not death.
import sys
m = sys.maxint
for text in ('"a" * m', '[0] * m', '(0,) * m', 'u"a" * m', 'bytearray(m)', '"ab" * (m // 2 + 1)', 'range(m)', '" ".join(["x" * 1000] * 10) * m', '"%*d" % (m, 1)', '"a".ljust(m)', '"a".zfill(m)', '"a".center(m)', '"\\t".expandtabs(m)', '"a".replace("a", "b" * 1000) * (2 ** 60)', 'xrange(m)[m - 1]', '[1] * (2 ** 61)', '1 << m', '(1 << 100) << m', 'list(xrange(m - 1, m))', 'u"a".ljust(m)', '"%.*f" % (m, 1.5)', 'buffer("abc", 1, m)[:]', '"abc"[:m]', '[1, 2][-m:m]'):
    try:
        r = eval(text)
        print text, 'gives', repr(r)[:40]
    except (MemoryError, OverflowError, ValueError) as e:
        print text, type(e).__name__, e
