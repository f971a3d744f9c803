# What each function says of arguments of a wrong number, type, width, length or range, and which of
# several faults it names.
import audioop

def show(name, *args):
    try:
        result = repr(getattr(audioop, name)(*args))
    except Exception as e:
        result = '%s: %s' % (type(e).__name__, e)
    print name, [a for a in args if not isinstance(a, buffer)], result

names = sorted(n for n in dir(audioop) if not n.startswith('_') and n != 'error')
print names, audioop.__doc__, audioop.max.__doc__
print audioop.error, audioop.error.__bases__, audioop.error.__module__
for name in names:
    for args in ((), (1,), ('a',), (u'ab', 1), ('abcd', 'x'), ('abcd', 2.5), (bytearray('ab'), 1), (buffer('ab'), 1),
                 ('abcd', 2 ** 40), ('abcd', -2 ** 40), ('abcd', 2 ** 80), ('abcd', None), range(12)):
        show(name, *args)
more = {'mul': (1.0,), 'tomono': (.5, .5), 'tostereo': (.5, .5), 'bias': (1,), 'getsample': (0,), 'lin2lin': (1,),
        'ratecv': (1, 1, 1, None), 'lin2adpcm': (None,), 'adpcm2lin': (None,)}
for name in names:
    if name.startswith('find') or name == 'add':
        continue
    for data in '', 'a', 'abc', 'abcd', 'abcdefghijkl':
        for width in -2 ** 31, -1, 0, 1, 2, 3, 4, 5, 8, 2 ** 31 - 1:
            show(name, data, width, *more.get(name, ()))
for width in 0, 1, 2, 3, 4:
    for a, b in (('', ''), ('a', 'b'), ('ab', 'a'), ('abc', 'abc'), ('abcd', 'ab'), ('ab', 'abc'), ('abcd', 'abcd')):
        show('add', a, b, width)
for name in 'findfactor', 'findfit':
    for a, b in (('a', 'b'), ('ab', 'a'), ('abc', 'abcde'), ('abcd', 'ab'), ('ab', 'abcd'), ('', 'ab'), ('ab', ''), ('ab', 1), ('ab', bytearray('ab'))):
        show(name, a, b)
for n in -2 ** 31 - 1, -2 ** 31, -1, 0, 1, 2, 3, 2 ** 31 - 1, 2 ** 31, 2 ** 63, 'x', 1.5:
    for data in '', 'abc', 'abcd':
        show('findmax', data, n)
    for width in 1, 2, 4:
        show('getsample', 'abcd', width, n)
    show('bias', 'abcd', 2, n)
for width in -1, 0, 1, 2, 3, 4, 5:
    show('lin2lin', 'abcd', 2, width)
    show('lin2lin', 'abc', 2, width)
    show('lin2lin', 'abc', 3, width)
for factor in 'x', None, 1j, 2 ** 2000:
    for name, args in (('mul', (factor,)), ('tomono', (factor, 1)), ('tomono', (1, factor)), ('tostereo', (1, factor))):
        show(name, 'abcd', 1, *args)
