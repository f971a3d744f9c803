# Assignment to nested targets, starred calls, swaps, errors in lengths.
a, (b, [c, d]), e = 1, (2, (3, 'x')), 'e'
print a, b, c, d, e
a, b = b, a
x = y = z = []
print a, b, x is y is z
(m), n = [1, 2]
[p, q] = 'pq'
print m, n, p, q
for wrong in ('a, b = 1,', 'a, b = 1, 2, 3', 'a, b = 5', 'a, b = "x"', '(a, b), c = 1, 2', 'a, b = {}'):
    try:
        exec wrong
    except (ValueError, TypeError) as error:
        print wrong, '->', type(error).__name__, error
i = 0
l = [0, 0, 0]
i, l[i] = 1, 'at i'
print i, l
