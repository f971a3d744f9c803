# math and cmath: values, special cases, errors.
import math, cmath
for name in ('ceil', 'floor', 'fabs', 'sqrt', 'exp', 'log', 'log10', 'log1p', 'expm1', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'degrees', 'radians', 'trunc', 'factorial', 'gamma', 'lgamma', 'erf', 'erfc', 'isnan', 'isinf', 'modf', 'frexp'):
    f = getattr(math, name)
    out = []
    for x in (0, 0.5, 1, -1, 2, -2.5, 10, float('inf'), float('nan'), 171, 1e300, 'a'):
        try:
            v = f(x)
            out.append('%.12g' % v if isinstance(v, float) else repr(v) if not isinstance(v, tuple) else '(%.12g, %.12g)' % v)
        except Exception as e:
            out.append(type(e).__name__ + ':' + str(e))
    print name, ' '.join(out)
print math.hypot(3, 4), math.atan2(1, -1), math.atan2(0.0, -0.0), math.pow(2, 0.5), math.fmod(-7, 3), math.ldexp(0.5, 10), math.copysign(1, -0.0), math.fsum([0.1] * 10), math.log(8, 2), math.log(2 ** 2000), math.floor(-0.5), math.ceil(-0.5), math.pi, math.e, math.factorial(25), math.log10(10 ** 400)
for text in ('math.pow(0, -1)', 'math.pow(-1, 0.5)', 'math.fmod(1, 0)', 'math.ldexp(1, 5000)', 'math.log(0)', 'math.log(-1)', 'math.log(10, 1)', 'math.fsum([1e308, 1e308])', 'math.factorial(1.5)', 'math.factorial(-1)', 'math.sqrt()', 'math.exp(1000)', 'math.floor("a")', 'math.trunc(1.5j)', 'math.fsum([float("inf"), float("-inf")])', 'math.ldexp(1.5, 2.0)'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
for z in (1j, -1, 2 + 3j, 0):
    print ['%.10g%+.10gj' % (w.real, w.imag) for w in (cmath.sqrt(z), cmath.exp(z), cmath.sin(z), cmath.cosh(z), cmath.atan(z / 2.0))], '%.10g' % cmath.phase(z), cmath.polar(z)[0], cmath.isnan(z)
print cmath.rect(2, 0), cmath.log(-1), cmath.log(4, 2)
try:
    cmath.log(0)
except ValueError as e:
    print e
