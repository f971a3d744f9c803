# List comprehensions leak their variable; the others do not.
print [x * y for x in range(3) for y in range(3) if x != y], x, y
print {c: ord(c) for c in 'ab'}, sorted({v % 3 for v in range(10)})
try:
    c
except NameError as error:
    print error
g = (n for n in range(3))
print g.next(), list(g)
print [i for i in 1, 2, 3], [[j for j in range(i)] for i in range(3)]
print [(lambda: k)() for k in range(3)], [f() for f in [(lambda: k) for k in range(3)]]
