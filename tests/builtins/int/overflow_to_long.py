# int operations that overflow become long, and shrink back never.
m = 2 ** 63 - 1
import sys
print m == sys.maxint, type(m), m + 1, type(m + 1), -m - 2, m * m, m * 2 - m, type(m * 2 - m), (m + 1) - 1, type((m + 1) - 1)
print -(-m - 1), abs(-m - 1), (-m - 1) // -1, (-m - 1) / -1, 3 ** 41, 1 << 63, 1 << 62, -1 << 63, 1 << 100, 1 >> 100, -1 >> 100, 5 >> 1L
print int(m + 1), type(int(m + 1)), int(float(m)), type(int(1e18)), int(1e19), type(int(1e19)), long(5), int(5L), type(int(5L))
print divmod(-m - 1, -1), (-m - 1) % -1, m ** 0, 0 ** 0, (-2) ** 3, 2 ** 62, 2 ** 63, pow(2, 10, 1000), pow(-3, 3, 7), pow(3, 5, -7)
for text in ('1 << -1', '1 >> -1', 'pow(2, -1, 5)', 'pow(2, 3, 0)', '2 ** 3 % 0', '1 << 2 ** 64', 'int(float("inf"))', 'int(float("nan"))', 'long(float("inf"))'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
