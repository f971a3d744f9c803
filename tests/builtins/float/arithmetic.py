# Floor division, modulo, power and their special cases.
inf, nan = float('inf'), float('nan')
for a, b in ((7.5, 2), (-7.5, 2), (7.5, -2), (0.0, 5), (-0.0, 5), (inf, 2), (5, inf), (-5, inf), (1e308, 1e-10), (6.0, 0.1)):
    print a // b, a % b, divmod(a, b),
print
for a, b in ((2.0, 0.5), (-8.0, 3), (0.0, 0), (nan, 0), (1, nan), (inf, -1), (-inf, 3), (-inf, -3), (0.5, inf), (2.0, 1100) if 0 else (2.0, 1000)):
    print a ** b,
print
for text in ('(-8.0) ** 0.5', '(-8.0) ** (1/3.)', '2.0 ** 5000', '0.0 ** -2', '1.0 / 0', '1e308 * 10', 'divmod(inf, 1)', 'pow(2.0, 3, 5)', 'int(1e400)', 'long(-1e30)', '1.0 & 1', 'float.fromhex("zz")', 'float.fromhex("0x1p5000")'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
print nan == nan, nan != nan, nan < 1, cmp(nan, 1) in (-1, 0, 1), 1.0 == 1, hash(1.5), hash(1e300), hash(inf), hash(-inf), hash(0.1), hash(2.0 ** 70) == hash(2 ** 70), (0.1).__hash__()
print max(1, 2.5), min([3, 1.5]), sum([0.1] * 10), abs(-0.0), -0.0, 0.0 == -0.0, float(10 ** 22), 1e22 == 10 ** 22, 1e23 == 10 ** 23, 0.1 < 1 < 1.1, 2 ** 53 == 2.0 ** 53 + 1
