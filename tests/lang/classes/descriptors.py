# Data and non-data descriptors, lookup order, __getattr__, __getattribute__.
class Data(object):
    def __get__(self, obj, cls): return 'data', obj is None, cls.__name__
    def __set__(self, obj, value): print 'set', value
    def __delete__(self, obj): print 'delete'
class NonData(object):
    def __get__(self, obj, cls): return 'non-data'
class C(object):
    d = Data()
    n = NonData()
    def __getattr__(self, name): return 'getattr ' + name
c = C()
c.__dict__.update(d='dict', n='dict')
print c.d, c.n, C.d, C.n, c.zzz
c.d = 5
del c.d
class L(object):
    def __getattribute__(self, name):
        if name == 'direct': return 'direct'
        if name == 'fails': raise AttributeError('no ' + name)
        return object.__getattribute__(self, name)
    def __getattr__(self, name): return 'fallback ' + name
    x = 1
l = L()
print l.direct, l.fails, l.x, l.nope
class P(object):
    @property
    def p(self): return 1
    @p.setter
    def p(self, v): print 'setting', v
    q = property()
P().p = 3
for text in ('P().p.x', 'P().q', 'del P().p', 'setattr(P(), "q", 1)'):
    try:
        exec text
    except AttributeError as e:
        print e
