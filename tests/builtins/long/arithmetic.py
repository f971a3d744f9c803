# Long arithmetic with big values: all operators, mixed signs, identity by checksums.
a, b = 3 ** 200, -(7 ** 91)
print a * b, a // b, a % b, divmod(b, a), a + b, a - b, b ** 3 % 1000007, a & b, a | b, a ^ b, ~a, a >> 100, b >> 50, b << 20
print a == a + 0, a > b, cmp(a, b), hash(a), hash(b), long(str(a)) == a, long(hex(a), 16) == a, long(oct(-a), 8) == -a
print 10 ** 50 / 10 ** 25, (10 ** 50) // -(10 ** 25) , -(10 ** 50) % 7, (2 ** 200).bit_length(), -(2 ** 64) >> 64, (1L << 64) - 1
print float(2 ** 80), int(1e30), 10 ** 400 > 1e308, 2 ** 53 + 1 == float(2 ** 53 + 1), pow(3, 10 ** 20, 10 ** 9 + 7), pow(a, 65537, 10 ** 40 + 1)
from math import log
print log(10 ** 400), (10 ** 20).__divmod__(3), 10L ** -2, (-8L) ** 3, 0L ** 0, divmod(10 ** 20, -3)
for text in ('float(10 ** 400)', '10 ** 400 / 1.0', '1L << (1 << 70)', '(10 ** 400) * 1.5', '1L // 0L'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
x = 1
for i in range(1, 120): x *= i
print x, len(str(x)), sum(int(d) for d in str(x ** 5))
