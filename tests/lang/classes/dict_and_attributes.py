# __dict__ of instances and classes, dictproxy, setattr on types, assigning __class__ and __dict__.
class C(object):
    a = 1
c = C()
c.b = 2
print c.__dict__, vars(c), getattr(c, 'a'), getattr(c, 'z', 'dflt'), hasattr(c, 'b')
c.__dict__ = {'n': 3}
print c.n, hasattr(c, 'b'), type(C.__dict__).__name__, C.__dict__['a']
C.d = 4
print c.d
class E(object): pass
c.__class__ = E
print type(c).__name__
for text in ('int.x = 1', 'c.__class__ = int', 'c.__class__ = 5', 'c.__dict__ = 5', 'C.__dict__["x"] = 1', '(5).x = 1', 'del C.__name__', 'C.__name__ = 5',
             'C.__bases__ = ()', 'C.__bases__ = 5', 'getattr(c, 5)', 'setattr(c, 5, 1)', 'object().x = 1', '"s".x', 'None.x', '(5).x', 'len.x = 1', 'C.zz', 'getattr(c, u"\\xe9")'):
    try:
        exec text
    except (TypeError, AttributeError, UnicodeError) as e:
        print text, '->', type(e).__name__, e
C.__name__ = 'Renamed'
print C
class B1(object): z = 1
class B2(object): z = 2
class K(B1): pass
K.__bases__ = (B2,)
print K.z, K.__mro__ == (K, B2, object), B1.__subclasses__(), B2.__subclasses__()
