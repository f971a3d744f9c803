# str.format: fields, attributes, items, conversions, nested specs, auto numbers, errors.
class P(object):
    x = 5
    def __format__(self, spec): return 'P<%s>' % spec
print '{} {} {}'.format(1, 'a', None), '{1} {0} {1}'.format('a', 'b'), '{a.x} {b[0]} {b[k]} {0[1]}'.format([1, 2], a=P(), b={0: 'zero', 'k': 'key'}), '{0!r} {0!s}'.format('q'), '{{}} {{{0}}}'.format(1), '{0:{1}.{2}}'.format('abcdef', 8, 3) + '|', '{:*^9}'.format('mid'), '{0:x} {0:o} {0:b} {0:e}'.format(255), '{p:spec here}'.format(p=P()), '{:,}'.format(1234567), '{0.real}'.format(5), '{:>{w}}'.format('r', w=4), '{[a b]}'.format({'a b': 1}), '{!r:>8}'.format('x')
print format('abc', '5') + '|', format('abc', '>5'), format('abc', '.2'), format(u'abc', '^5') + '|', repr(u'{}'.format('a')), repr('{}'.format(u'a')), format(None, ''), format([1], ''), '{0:>5}|{1:<5}|'.format(None if 0 else 'n', 'm')
for text in ("'{}'.format()", "'{0}{}'.format(1, 2)", "'{}{0}'.format(1, 2)", "'{a}'.format()", "'{0.y}'.format(1)", "'{0[5]}'.format([1])", "'{'.format(1)", "'}'.format(1)", "'{0!x}'.format(1)", "'{0!}'.format(1)", "'{0'.format(1)", "'{:d}'.format('a')", "'{:5.5.5}'.format(1)", "'{0[}'.format(1)", "'{0.}'.format(1)", "'{0[a]x}'.format({})", "format('a', '=5')", "format('a', '+')", "format('a', ',')", "'{:{}}'.format(1)", "'{0:{1:{2}}}'.format(1, 2, 3)", "'{1}'.format(0)", "'{-1}'.format(0)", "format(1, 5)", "'{0[-1]}'.format([1])"):
    try:
        print text, eval(text)
    except Exception as e:
        print text, type(e).__name__, e
