# Comparison of unlike types: None first, numbers, then by type name.
items = ['a', 1, None, 2.5, (1,), [1], {1: 2}, u'b', 3L, True]
print sorted(items)
print None < -1, 10 ** 20 < 'a', [] < (), {} < [], 'a' < (), 1 < 'a', 1j == 1
try:
    1j < 2
except TypeError as error:
    print error
print 1 == 1.0 == 1L, hash(1) == hash(1.0) == hash(1L), 'a' == u'a', hash('a') == hash(u'a')
class X: pass
class Y(object): pass
print X() == X(), cmp(Y, Y), Y() == Y()
