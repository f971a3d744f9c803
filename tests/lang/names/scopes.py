# Name lookup: local, enclosing, global, builtin; class bodies; exec's effect; del.
x = 'global'
def f():
    def g(): return x
    return g()
print f()
def f():
    x = 'enclosing'
    class C:
        y = x
        x = 'class' if 0 else 'class'
        def m(self): return x
    return C.y, C.x, C().m()
try:
    print f()
except NameError as e:
    print e
class D:
    x = x
    z = [x for _ in range(2)]
    def m(self): return x
print D.x, D.z, D().m()
def unbound():
    try:
        print x
    except UnboundLocalError as e:
        print e
    x = 1
unbound()
def conditional(flag):
    if flag: y = 1
    return y
print conditional(1)
try:
    conditional(0)
except UnboundLocalError as e:
    print e
len = lambda v: 'shadowed'
print len([])
del len
print len([])
def ex():
    exec 'x = "by exec"'
    return x
print ex()
def loop():
    for i in range(3): pass
    return i, [j for j in range(2)], j
print loop()
def nested():
    def a():
        def b():
            def c(): return v
            return c
        return b
    v = 'deep'
    return a()()()
print nested()
print [x for x in 'ab'], x
def star():
    from os.path import join
    return join('a', 'b')
print star()
