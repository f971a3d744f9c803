# In a chained comparison the middle operand is evaluated once and the rest only when needed.
def f(n):
    print 'f(%d)' % n,
    return n
print f(1) < f(2) < f(3)
print f(3) < f(2) < f(1)
print f(1) == f(1) != f(2) is not None
