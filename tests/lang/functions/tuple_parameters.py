# Parameters that unpack.
def f(a, (b, (c, d)), e=(5, 6), (g, h)=(7, 8)): return a, b, c, d, e, g, h
print f(1, (2, (3, 4)))
print f(1, (2, (3, 4)), 5, (6, 7)), f.func_code.co_varnames
print (lambda (x, y): x + y)((1, 2))
try:
    f(1, 2)
except TypeError as error:
    print error
