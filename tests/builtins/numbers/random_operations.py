# Random operations on numbers, each kind with its digest: formats, repr, parsing, arithmetic, hash, rounding,
# shifts, hexadecimal floats. What the platform's mathematical library computes is left out.
import hashlib
import math
import operator
import random
import struct

rand = random.Random(20270718)
SPECIAL = [0.0, -0.0, float('inf'), -float('inf'), float('nan'), 1e16, 1e15, 123456789012345680.0, 5e-324,
           1.7976931348623157e308, 0.1, 0.5, 1.5, 2.5, 1e22, 1e23, 9007199254740993.0]


def a_float():
    kind = rand.randrange(7)
    if kind == 0:
        return struct.unpack('<d', struct.pack('<Q', rand.getrandbits(64)))[0]
    if kind == 1:
        return rand.uniform(-1000, 1000)
    if kind == 2:
        return rand.choice(SPECIAL)
    if kind == 3:
        return rand.randrange(-10 ** 6, 10 ** 6) / float(rand.choice([1, 2, 4, 8, 10, 100, 1000]))
    if kind == 4:
        return float(rand.randrange(-2 ** 60, 2 ** 60))
    if kind == 5:
        return float('%de%d' % (rand.randrange(-10 ** 5, 10 ** 5), rand.randrange(-320, 309)))
    return float('%d.%de%d' % (rand.randrange(10 ** rand.randrange(1, 20)),
                               rand.randrange(10 ** rand.randrange(1, 20)), rand.randrange(-330, 310)))


def an_integer():
    kind = rand.randrange(5)
    sign = rand.choice([1, -1])
    if kind == 0:
        return sign * rand.randrange(10)
    if kind == 1:
        return sign * rand.getrandbits(rand.randrange(1, 200))
    if kind == 2:
        return sign * (2 ** rand.randrange(0, 130) + rand.randrange(-2, 3))
    if kind == 3:
        return sign * 10 ** rand.randrange(0, 40)
    return int(sign * rand.getrandbits(rand.randrange(1, 62)))


def a_number():
    kind = rand.randrange(5)
    if kind < 2:
        return a_float()
    if kind < 4:
        return an_integer()
    return complex(a_float(), a_float())


def maybe(p, text):
    return text if rand.random() < p else ''


def a_spec():
    spec = maybe(.4, maybe(.5, rand.choice('*0x <^ ')) + rand.choice('<>=^'))
    spec += maybe(.3, rand.choice('+- ')) + maybe(.2, '#') + maybe(.2, '0')
    spec += maybe(.5, str(rand.randrange(0, 40))) + maybe(.2, ',')
    return spec + maybe(.5, '.' + str(rand.randrange(0, 25))) + maybe(.8, rand.choice('bcdoxXneEfFgG%s'))


def a_percent():
    spec = '%' + ''.join(rand.choice('#0- +') for _ in range(rand.randrange(0, 4)))
    spec += maybe(.5, str(rand.randrange(0, 40))) + maybe(.5, '.' + str(rand.randrange(0, 60)))
    return spec + maybe(.1, rand.choice('hlL')) + rand.choice('diouxXeEfFgGcrs')


def some(letters, low, high):
    return ''.join(rand.choice(letters) for _ in range(rand.randrange(low, high)))


def a_text():
    kind = rand.randrange(6)
    if kind == 0:
        return repr(a_float())
    if kind == 1:
        return some('0123456789abcdefxXzLl+-._eEjJ ', 1, 12)
    if kind == 2:
        return rand.choice(['', '+', '-', ' ']) + rand.choice(['0x', '0b', '0o', '0', '', '0X']) + \
            some('0123456789abcdef', 1, 30) + rand.choice(['', 'L', 'l', ' '])
    if kind == 3:
        return '%d.%de%d' % (rand.randrange(10 ** rand.randrange(1, 25)),
                             rand.randrange(10 ** rand.randrange(1, 25)), rand.randrange(-340, 340))
    if kind == 4:
        return rand.choice(['inf', 'nan', '-inf', '+Infinity', 'INFINITY', 'nAn', 'infi', '1_0', '1e', '.e1',
                            '.5', '5.', '1e5L', '0x1p3', '1j', '1+2j', '(1+2j)', ' ( 1-j ) ', '1e400',
                            '-1e-400', '++1', '1 2'])
    return a_float().hex()


def a_hex_text():
    if rand.random() < .5:
        return a_text()
    return rand.choice(['', '-', '+']) + rand.choice(['0x', '', '0X']) + some('0123456789abcdefABCDEF', 0, 20) + \
        rand.choice(['', '.']) + some('0123456789abcdef', 0, 20) + rand.choice(['', 'p', 'P']) + \
        rand.choice(['', '+', '-']) + str(rand.randrange(-1100, 1100))


def answer(function, *args):
    try:
        return repr(function(*args))
    except Exception as error:
        return '%s: %s' % (error.__class__.__name__, error)


OPERATORS = [operator.add, operator.sub, operator.mul, operator.div, operator.truediv, operator.floordiv,
             operator.mod, divmod, cmp, operator.lt, operator.eq, operator.and_, operator.or_, operator.xor]


def formats():
    value, spec = a_number(), a_spec()
    return value, spec, answer(format, value, spec), answer(format, value, unicode(spec))


def percents():
    value, spec = a_number(), a_percent()
    return value, spec, answer(operator.mod, spec, (value,)), answer(operator.mod, unicode(spec), (value,))


def arithmetic():
    a, b, op = a_number(), a_number(), rand.choice(OPERATORS)
    return op.__name__, a, b, answer(op, a, b)


def powers():
    a, b, c = an_integer(), an_integer(), an_integer()
    return a, b, c, answer(pow, a, b, c), answer(pow, a, abs(b) % 300)


def parsing():
    text = a_text()
    return (text,) + tuple(answer(f, t) for f in (float, int, long, complex) for t in (text, unicode(text)))


def bases():
    text, base = a_text(), rand.randrange(-1, 38)
    return text, base, answer(int, text, base), answer(long, text, base), answer(int, unicode(text), base)


def hexadecimal():
    text, value = a_hex_text(), a_float()
    return text, answer(float.fromhex, text), answer(value.hex), answer(value.as_integer_ratio)


def single():
    value = rand.choice([a_float, an_integer])()
    return tuple(answer(f, value) for f in (hash, str, repr, abs, bool, int, long, hex, oct, bin, math.frexp,
                                            math.modf, math.trunc, math.floor, math.degrees, operator.neg,
                                            operator.invert))


def rounding():
    value, digits = a_number(), rand.choice([rand.randrange(-25, 25), rand.randrange(-400, 400)])
    return value, digits, answer(round, value), answer(round, value, digits)


def shifts():
    a, b = an_integer(), rand.choice([rand.randrange(-3, 200), an_integer()])
    return a, b, answer(operator.rshift, a, b), answer(operator.lshift, a, b) if b < 300 else '', \
        answer(a.bit_length)


def sums():
    values = [a_float() for _ in range(5)]
    return values, answer(math.fsum, values), answer(sum, values), answer(math.ldexp, values[0], 70), \
        answer(math.fmod, values[0], values[1])


for kind in (formats, percents, arithmetic, powers, parsing, bases, hexadecimal, single, rounding, shifts, sums):
    digest = hashlib.md5()
    for i in range(1, 2001):
        digest.update(repr(kind()))
        if i % 500 == 0:
            print kind.__name__, i, digest.hexdigest()

print '-- found by such a run'
for text in ('0x7fffffffffffffffL', '0x8000000000000000L', '07777777777777777777777L', '9223372036854775808L'):
    print text, answer(int, text, 0), answer(long, text, 0)
print answer(int, '1' * 300 + 'x'), answer(long, '\xff' * 300)
for values in ([1e308, float('inf'), 1e308], [1e308, 1e308, float('inf')], [float('nan'), 1e308, 1e308]):
    print values, answer(math.fsum, values)
print answer(pow, -1j, 2.5 + 1e308j), answer(pow, 100, 4e219 - 81942.4j), answer(pow, 1e-300 + 1j, 5)
print math.degrees(1.7e308), math.radians(-1.7e308)
