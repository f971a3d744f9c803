# Precedence and associativity.
print 2 ** 3 ** 2, -2 ** 2, (-2) ** 2, 2 ** -1, 1 + 2 * 3 - 4 / 2, 7 // 2, -7 // 2, -7 / 2, -7 % 3
print 1 << 2 + 1, 1 | 2 ^ 3 & 4, ~5, not 1 == 2, not 0 and 1 or 2
print 1 < 2 < 3, 1 < 3 < 2, 1 < 2 == 2, 'a' in 'abc' == True
print 5 if 0 else 6, 1 or 1 / 0, 0 and 1 / 0
print (lambda a, b=2, *c, **d: (a, b, c, d))(1, 3, 4, e=5)
