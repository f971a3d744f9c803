# Complex numbers: construction from text, arithmetic, repr, errors.
for text in ('1+2j', '(1+2j)', ' 3j ', '-j', '1e5-1e-5J', '1', 'nan+infj', '1+', 'j1', '', '1 + 2j', '(1', '+1+1+1j'):
    try:
        print repr(complex(text)),
    except ValueError as e:
        print e,
print
z = 3 + 4j
print abs(z), z.real, z.imag, z.conjugate(), z * z, z / 2, z ** 2, z ** -1, z ** 0.5, -z, +z, z == 3 + 4j, hash(z), hash(2 + 0j) == hash(2), complex(1, 2), complex(1j, 2j), complex(real=1, imag=-0.0), repr(-0j), repr(complex(-0.0, 0.0))
print repr(1j), str(1.5 + 0.1j), repr(complex(1e16, 1)), '%s' % (2j,), format(1 + 2j, '.2f'), format(1 + 2j, ''), format(3j, '>10'), z // 1 if 0 else '', (1j) ** 2, 0j ** 0
import warnings
warnings.simplefilter('ignore')
for text in ('complex("1", 2)', 'complex(1, "2")', 'complex([])', 'int(1j)', 'float(1j)', '1j < 2', '1j % 0', '1j // 0j', '0j ** -1', '1j / 0', 'divmod(1j, 2)', 'z.real = 1', '1j ** 1e400' , 'format(1j, "05")', 'format(1j, "%")', 'long(1j)'):
    try:
        print eval(text) if '= ' not in text else None
    except Exception as e:
        print text, type(e).__name__, e
