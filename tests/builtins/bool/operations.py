# bool is an int; its operators answer bool when both are.
print True + True, True & False, True | 1, True ^ True, type(True ^ True), ~True, -True, not True, True == 1, hash(True), repr(False), str(True), int(True), bool('') , bool('False'), bool([]), bool(0.0), bool(None), bool(5L)
print isinstance(True, int), True is bool(1), [10, 20][True], 'ab'[False], '%d %s %r' % (True, True, True), sum([True, True]), True * 'x', {True: 'a'}[1], sorted([True, 0, 2, False])
try:
    class B(bool): pass
except TypeError as e:
    print e
print bool(), bool.__base__, True.__class__, True.real, type(True.real), True.numerator, format(True), format(True, 'd'), format(True, '5'), cmp(True, False), True / 2, True ** 2
