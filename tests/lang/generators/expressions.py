# Generator expressions: the outermost source is evaluated at once, the rest lazily.
def src(name):
    print 'src', name
    return range(2)
e = ((a, b) for a in src('outer') for b in src('inner'))
print 'made'
print list(e)
try:
    (x for x in 5)
except TypeError as error:
    print error
print sum(i * i for i in range(10) if i % 2), max(len(w) for w in ['a', 'bbb', 'cc'])
def f():
    n = 2
    return list(n * v for v in range(3))
print f()
