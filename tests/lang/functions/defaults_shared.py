# Defaults are evaluated once, at definition, and shared.
def f(x, acc=[]):
    acc.append(x)
    return acc
print f(1), f(2), f.func_defaults
n = 1
def g(v=n): return v
n = 2
print g()
g.func_defaults = (9,)
print g()
g.__defaults__ = None
try:
    g()
except TypeError as error:
    print error
