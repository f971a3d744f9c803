# Special methods that answer the wrong thing.
def make(**methods): return type('C', (object,), methods)()
tests = [
    ('len', '__len__', -1, len), ('len', '__len__', 'x', len), ('hash', '__hash__', 'x', hash), ('str', '__str__', 5, str),
    ('repr', '__repr__', 5, repr), ('bool', '__nonzero__', 'x', bool), ('int', '__int__', 'x', int), ('float', '__float__', 'x', float),
    ('iter', '__iter__', 5, iter), ('index', '__index__', 'x', lambda c: [1][c]), ('hex', '__hex__', 5, hex), ('cmp', '__cmp__', 'x', lambda c: cmp(c, 1)),
    ('unicode', '__unicode__', 5, unicode), ('long', '__long__', 'x', long), ('len', '__len__', 2 ** 70, len), ('complex', '__complex__', 5, complex),
    ('bool', '__len__', -5, bool), ('dir', '__dir__', 5, dir), ('contains', '__contains__', [], lambda c: 1 in c), ('coerce', '__coerce__', 5, lambda c: coerce(c, 1)),
]
for name, method, answer, use in tests:
    try:
        print name, method, use(make(**{method: lambda self, *a: answer}))
    except (TypeError, ValueError, OverflowError) as e:
        print name, method, type(e).__name__, e
for text in ('len(5)', 'iter(5)', 'hash([])', 'hash({})', 'abs("x")', '-"x"', '~1.5', 'int([])', 'float({})', 'reversed(5)', '[1]["a"]', '5[0]', '5[0:1]', 'x[0] = 1',
             '"abc"[1.5]', '(1)[None]', 'int("x")', 'int("1", 99)', 'long("z")', 'float("abc")', 'chr(256)', 'unichr(-1)', 'ord("ab")', 'range("a")'):
    try:
        print eval(text) if '= ' not in text else '-'
    except Exception as e:
        print text, type(e).__name__, e
