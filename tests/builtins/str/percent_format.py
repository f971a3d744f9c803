# The % operator: all conversions, flags, mappings, stars, errors.
print '%s %r %d %i %u %o %x %X %e %f %g %c %c %%' % ('s', 'r', 1, 2, 3, 8, 255, 255, 1.5, 1.5, 1.5, 'c', 65)
print '[%5s|%-5s|%05d|%+d|% d|%#x|%#o|%.3s|%5.1f|%-8.3e|%*d|%.*f]' % ('a', 'b', 42, 42, 42, 255, 8, 'abcdef', 3.14159, 31415.9, 5, 42, 2, 2.71828)
print '%(a)s %(b)05d %(a)r %%' % {'a': 'x', 'b': 7, 'c': 'unused'}, '%s' % (1,), '%s' % [1], '%s' % {}, '%r' % (u'\xe9',), '%s' % u'u', repr('%s' % u'\xe9'), '%d' % 10L ** 30 if 0 else '%d' % 10 ** 3
print '%d' % 2 ** 70 if 0 else '%d' % (2 ** 70), '%x' % (2 ** 70), '%o' % -(2 ** 65), '%#X' % (2 ** 66), '%+.30d' % 5, '%-30d|' % (2 ** 70), '%030d' % -(2 ** 70), '%.0f' % 0.5, '%5c|%-5c|' % ('x', 'y'), '%s%s' % ('a', 'b'), '%ld %hd %Ld' % (1, 2, 3), '%5%|%-5%|' % ()
class D(object):
    def __getitem__(self, key): return 'key ' + key
print '%(x y)s %((nested))s' % D()
for args in (('%d', 'x'), ('%d', ()), ('%s %s', ('a',)), ('%s', ('a', 'b')), ('%z', 1), ('%', 1), ('%(a)s', 1), ('%(a)s', {}), ('%(a', {}), ('%c', 'ab'), ('%c', 256), ('%c', -1), ('%x', 1.5), ('%*d', ('a', 1)), ('%.', 1), ('no', 5), ('no', {}), ('no', [1]), ('%d', 1j), ('%f', 'x'), ('%c', 1.5), ('%o', 'a'), ('%99999999999999999999d', 1)):
    try:
        print repr(args[0] % args[1])
    except Exception as e:
        print args, type(e).__name__, e
