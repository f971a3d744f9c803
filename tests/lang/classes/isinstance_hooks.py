# __instancecheck__, __subclasscheck__, __class__ property, tuples, abc registration.
class M(type):
    def __instancecheck__(c, o): print 'check'; return o == 5
    def __subclasscheck__(c, o): return o is str
class C(object): __metaclass__ = M
print isinstance(5, C), isinstance(6, C), issubclass(str, C), issubclass(int, C), isinstance(5, (str, (C,)))
class P(object): __class__ = property(lambda self: int)
print isinstance(P(), int), isinstance(P(), P), P().__class__
import abc, collections
class A(object):
    __metaclass__ = abc.ABCMeta
    @abc.abstractmethod
    def f(self): pass
A.register(list)
print isinstance([], A), issubclass(list, A), isinstance({}, collections.Mapping), isinstance(5, collections.Hashable)
for text in ('A()', 'isinstance(1, 5)', 'issubclass(1, int)', 'issubclass(int, 5)', 'isinstance(1, (5,))'):
    try:
        print eval(text)
    except TypeError as e:
        print e
