# Cells: late binding, sharing, nesting through a class, writing only through mutation.
def counter():
    count = [0]
    def bump(by=1):
        count[0] += by
        return count[0]
    return bump, lambda: count
bump, peek = counter()
print bump(), bump(5), peek()
print [f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]]
def outer(x):
    class C(object):
        y = x
        def get(self): return x, self.y
    x = 'later'
    return C
print outer('early')().get()
print bump.func_closure[0].cell_contents, bump.func_code.co_freevars, counter.func_code.co_cellvars
def unset():
    def f(): return later
    try:
        f()
    except NameError as error:
        print error
    later = 1
    return f()
print unset()
