# Decorators apply from the nearest outward; on classes too; evaluated in order.
def mark(name):
    print 'make', name
    def wrap(thing):
        print 'apply', name, thing.__name__
        thing.marks = getattr(thing, 'marks', []) + [name]
        return thing
    return wrap
@mark('outer')
@mark('inner')
def f(): pass
print f.marks
@mark('class')
class C(object):
    @staticmethod
    @mark('static')
    def s(): return 's'
    @classmethod
    def c(cls): return cls.__name__
    @property
    def p(self): return 'p'
print C.marks, C.s(), C.c(), C().p
