# formatting of everything
import decimal, datetime, sys
vals = [0, 1, -1, 255, 10 ** 20, 1.0, -0.0, 1e100, 1e-7, 123456.789, float('inf'), float('nan'), True, None, 'str', u'\xe9', 3 + 4j, [1], (1,), {'a': 1}, decimal.Decimal('1.10')]
specs = ['%d', '%i', '%u', '%5d|', '%-5d|', '%05d', '%+d', '% d', '%x', '%#x', '%X', '%o', '%#o', '%e', '%.2E', '%f', '%.0f', '%#.0f', '%g', '%#g', '%.3g', '%G', '%s', '%r', '%10s|', '%-10.2s|', '%c', '%%', '%5%|', '%.3r', '%+.1f', '%08.2f', '%.15g', '%.17g', '%ld', '%hd', '%Lf']
for sp in specs:
    row = []
    for v in vals:
        try: row.append(sp % (v,))
        except Exception, e: row.append('%s:%s' % (type(e).__name__, e))
    print sp, row
for a in (('%s', ()), ('%s %s', (1,)), ('%s', (1, 2)), ('%(a)s', {'a': 1}), ('%(a)s', {}), ('%(a)s', 1), ('%(a)', {'a': 1}), ('%', 1), ('%y', 1), ('%*d', (5, 3)), ('%-*d|', (5, 3)), ('%.*f', (2, 3.14159)), ('%*d', ('x', 3)), ('%(a)*d', {'a': 1}), ('abc', ()), ('abc', (1,)), ('abc', {}), ('abc', [1]), ('%s', [1]), ('%s', {}), ('%c', 256), ('%c', 'ab'), ('%c', -1), ('%c', 65), (u'%c', 0x1234), ('%s', u'\xe9'), (u'%s', '\xe9'), ('%5c|', 'a'), ('%d', '5'), ('%d', 5.9), ('%x', 5.9), ('%d', 1e30), ('%.500f', 1.0), ('%d', float('nan')), ('%(a)s %(b)r %(a)d', {'a': 5, 'b': 'q'}), ('%((a))s', {'(a)': 'par'}), ('%#5x|%-#8o|', (10, 8)), ('%1000000000000s', 1), ('%.99999999999d', 1)):
    try: print repr(a[0]), repr(a[0] % a[1])[:80]
    except Exception, e: print repr(a[0]), type(e).__name__, e
for sp in ('', 'd', 'x', '#x', '#b', 'o', 'c', 'n', ',', '10,d', '+', ' ', '-', '<5', '>5', '^5', '=+5', '*^9', '05', '.2', '.2f', '10.3f', 'e', 'g', '%', '.1%', 's', '5s', '.1s', 'X', 'b', '#o', '08.3f', '+.2e', 'q', '5.5.5', '<', '>>5', '{}', '+s', ',s', '.2d', '=5s', 'z'):
    row = []
    for v in (0, 65, -1234567, 3.14159, 1e10, 'str', True, 2 + 3j, decimal.Decimal('1234.5'), u'u', None):
        try: row.append(format(v, sp))
        except Exception, e: row.append('%s:%s' % (type(e).__name__, e))
    print repr(sp), row
class F(object):
    a = 5; b = {'k': [1, 2]}
    def __getitem__(self, k): return 'item<%s>' % k
    def __format__(self, s): return 'F(%s)' % s
    def __str__(self): return 'strF'
    def __repr__(self): return 'reprF'
for t in ('{0}', '{}', '{} {}', '{0} {1}', '{1} {0}', '{0.a}', '{0.b[k]}', '{0.b[k][1]}', '{0[key]}', '{0!r}', '{0!s}', '{0:x}', '{0!r:>10}', '{x}', '{x.a}', '{{}}', '{{{0}}}', '{0:{1}}', '{:{}}', '{', '}', '{0', '{0!}', '{0!z}', '{0 }', '{ 0}', '{0.}', '{0[}', '{0[]}', '{0.nope}', '{5}', '{nokey}', '{0:{1:{2}}}', '{0}{}', '{0[5]}', '{0:%Y}', '{!r}', '{0!r!s}', '{-1}', '{0x}', 'a}b', '{:}', '{[a]}', '{.a}'):
    for args in ((F(), 'w'),):
        try: print t, repr(t.format(*args, x=F()))
        except Exception, e: print t, type(e).__name__, e
print '{:%Y-%m-%d %H}'.format(datetime.datetime(2001, 2, 3, 4)), '{0:,}'.format(1234567.891), '{:.3}'.format('abcdef'), u'{}'.format('x'), '{}'.format(u'x').__class__
try: '{}'.format(u'\xe9')
except UnicodeError, e: print e
import string
print string.Template('$a ${b} $$ $c').safe_substitute(a=1, b=2), string.Formatter().format('{0} {k}', 1, k=2), string.Formatter().vformat('{x}', (), {'x': 1}), list(string.Formatter().parse('a{b!r:c}d{}'))
for t in ('$', '$1', '${a', '$a'):
    try: print string.Template(t).substitute({})
    except Exception, e: print type(e).__name__, e
for v in (1.0, 1e16, 1e15, 123456789012345680.0, 0.1, 1/3., 1e22, 1e23, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, 100000.0, 1e5 + .1, 2 ** 53 + 1.0): print repr(v), str(v), '%s' % v, v.hex(),
print
for v in (1 + 2j, -0j, complex('nan'), 1e20j, complex(1.5, -0.0), complex(float('inf'), 1)): print repr(v), str(v), format(v, '.1f'),
print; print round(2.5), round(-2.5), round(1.005, 2), round(12345, -2), round(1e300, 5), round(0.5), round(2.675, 2), str(round(1.1, 0)), repr(2L), str(2L), hex(-255), oct(-8), bin(-5), hex(2 ** 70), hex(0L)
