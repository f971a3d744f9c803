# The functions of math and cmath to the last bit: a digest of the results for 3,000 arguments each, which
# every target must meet. Left out are the arguments, by their number, where the reference does not round
# to the nearest float or does so only with one of its variants for different processors.
# `last_digit.py FILE` writes the results to a file instead, for finding these.
import cmath, hashlib, math, random, struct, sys

ldexp = math.ldexp


def wide(low, high):
    return lambda r: (ldexp(1 + r.random(), r.randint(low, high)) * r.choice((1, -1)),)


def positive(low, high):
    return lambda r: (ldexp(1 + r.random(), r.randint(low, high)),)


def even(low, high):
    return lambda r: (r.uniform(low, high),)


def alike(r):
    e = r.randint(-300, 300)
    return tuple(ldexp(1 + r.random(), e + r.randint(-4, 4)) * r.choice((1, -1)) for i in '12')


def beyond_one(r):
    return (1 + ldexp(1 + r.random(), r.randint(-30, 100)),)


CASES = [
    ('sin', math.sin, wide(-30, 20)), ('sin', math.sin, wide(20, 1022)), ('sin', math.sin, even(-10, 10)),
    ('cos', math.cos, wide(-30, 20)), ('cos', math.cos, wide(20, 1022)), ('cos', math.cos, even(-10, 10)),
    ('tan', math.tan, wide(-30, 20)), ('tan', math.tan, wide(20, 1022)), ('tan', math.tan, even(-10, 10)),
    ('asin', math.asin, even(-1, 1)), ('asin', math.asin, wide(-30, -1)),
    ('acos', math.acos, even(-1, 1)), ('acos', math.acos, wide(-30, -1)),
    ('atan', math.atan, even(-5, 5)), ('atan', math.atan, wide(-30, 60)),
    ('atan2', math.atan2, alike), ('hypot', math.hypot, alike),
    ('exp', math.exp, even(-745, 709)), ('expm1', math.expm1, wide(-40, 8)),
    ('log', math.log, positive(-1022, 1023)), ('log', math.log, positive(-3, 3)),
    ('log10', math.log10, positive(-1022, 1023)), ('log10', math.log10, positive(-3, 3)),
    ('log1p', math.log1p, positive(-40, 100)),
    ('sinh', math.sinh, wide(-30, 8)), ('cosh', math.cosh, wide(-30, 8)), ('tanh', math.tanh, wide(-30, 4)),
    ('asinh', math.asinh, wide(-30, 100)), ('acosh', math.acosh, beyond_one),
    ('atanh', math.atanh, wide(-30, -1)),
    ('pow', math.pow, lambda r: (r.uniform(0, 10), r.uniform(-20, 20))),
    ('abs', lambda x, y: abs(complex(x, y)), alike),
    ('phase', lambda x, y: cmath.phase(complex(x, y)), alike),
]

LEFT_OUT = {
    0: (133, 1006, 2258, 2674,),
    1: (130, 1278, 1753, 2028, 2117, 2820,),
    2: (13, 323, 691, 1151, 1605, 1803, 2391, 2826,),
    3: (1555, 2833, 2992,),
    4: (70, 322, 2334,),
    5: (25, 301, 327, 1286, 1654, 1918, 2181, 2906,),
    6: (993, 1263, 1994, 2300, 2842,),
    7: (1256, 1481, 1611, 2017,),
    8: (1353, 1949,),
    9: (42, 234, 1160, 1241, 1766, 1867, 1883, 1991, 2589, 2903,),
    10: (815, 2908,),
    11: (2505,),
    12: (2090,),
    13: (741, 1131, 1301, 1347, 2126, 2345,),
    16: (320, 860, 1665, 2091, 2201, 2783, 2872, 2892, 2894, 2908,),
    18: (2414,),
    23: (2862,),
    24: (1183, 2251,),
    26: (2145,),
    27: (1377, 2031,),
    29: (365, 727,),
    31: (123, 578, 838, 977, 1090, 1684, 2052, 2363, 2397, 2605, 2822,),
    32: (249, 1228, 1599, 1801, 2700,),
}

dump = open(sys.argv[1], 'wb') if len(sys.argv) > 1 else None
for number, (name, function, arguments) in enumerate(CASES):
    r = random.Random(number)
    results = [function(*arguments(r)) for i in range(3000)]
    if dump:
        dump.write(struct.pack('<3000d', *results))
        continue
    for index in LEFT_OUT.get(number, ()):
        results[index] = 0.0
    print name, hashlib.md5(struct.pack('<3000d', *results)).hexdigest()
