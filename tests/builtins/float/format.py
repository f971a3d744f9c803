# Formatting of floats by %, format and round.
for v in (0.0, -0.0, 1.0, 3.14159, 1234567.891, 1e-7, 1e21, 0.5, 1.5, 2.5, 1e300, float('inf'), float('nan')):
    print '%f %e %g %G %.0f %.3g %10.2f|%-10.1e|%+g|% g|%010.3f|%#g|%.10g' % ((v,) * 13)
    print format(v, ''), format(v, '.3'), format(v, 'f'), format(v, ',.2f'), format(v, '%'), format(v, '>12.4g'), format(v, 'n'), format(v, '+.1e'), format(v, '#.3g') if 0 else ''
for v, n in ((2.5, 0), (0.5, 0), (1.5, 0), (2.675, 2), (1234.5, -2), (1e300, 5), (-2.5, 0), (5e-324, 3), (1.005, 2), (15, -1), (25, -1), (1e16 + 2, 1), (0.15, 1), (float('inf'), 1)):
    print round(v, n),
print round(2.5), round(-0.4), round(7)
print '%d' % 3.99, '%i' % -3.99, '%s' % 1e16, '%r' % 0.1, '%x' % 255, '%5.1f%%' % 99.5
