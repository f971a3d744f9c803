# __new__ returning something else, arguments, object's own strictness, copying.
class C(object):
    def __new__(cls, *args):
        print 'new', args
        return object.__new__(cls)
    def __init__(self, *args): print 'init', args
C(1, 2)
class D(object):
    def __new__(cls): return 5
    def __init__(self): print 'never'
print D()
class E(int):
    def __new__(cls, v): return int.__new__(cls, v * 2)
print E(4), E(4) + 1, type(E(4) + 1), isinstance(E(1), int), repr(E(3))
class F(object):
    def __init__(self): return 5
for text in ('F()', 'object(1)', 'object.__new__()', 'object.__new__(5)', 'object.__new__(int)', 'int.__new__(str)', 'type("a", 1, {})', 'type()', 'type("a", (), 5)', 'C.__new__()'):
    try:
        exec text
    except TypeError as e:
        print text, e
class G(object): pass
try:
    G(1)
except TypeError as e:
    print e
