# sys.getsizeof answers x86-64's sizes.
import sys
class Old: pass
class New(object): pass
class Slots(object): __slots__ = ('a', 'b')
for thing in (None, 1, 2 ** 30, 2 ** 62, 2L, 2 ** 70, 2 ** 200, 1.5, 1j, True, '', 'abc', u'', u'abc', (), (1, 2), [], [1, 2, 3], {}, {1: 2}, dict.fromkeys(range(6)), dict.fromkeys(range(100)), set(), set(range(10)), frozenset(), xrange(5), slice(1), Old, New, Old(), New(), Slots(), len, lambda: 0, object(), type, Ellipsis, iter([]), iter(''), bytearray(), property(), staticmethod(len), Exception(), super(New), buffer('a'), sys, New.__dict__, memoryview('a'), (x for x in ()), enumerate([]), reversed([])):
    print type(thing).__name__, sys.getsizeof(thing),
print
print sys.getsizeof([0] * 10), sys.getsizeof(list(xrange(10))), sys.getsizeof('a' * 1000), sys.getrefcount(object()), sys.maxsize, sys.maxint, sys.maxunicode, sys.byteorder, sys.float_info.max, sys.long_info
