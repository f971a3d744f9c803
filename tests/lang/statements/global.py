# global in nested functions and at module level.
x = 'module'
def f():
    global x, y
    x = 'f'
    y = 'made by f'
    def g():
        global x
        x += ' and g'
    g()
f()
print x, y
def shadow():
    x = 'local'
    def inner():
        global x
        return x
    return x, inner()
print shadow()
