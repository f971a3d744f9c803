# States that lin2adpcm, adpcm2lin and ratecv refuse, and ratecv's other arguments.
import audioop

def show(name, *args):
    try:
        result = repr(getattr(audioop, name)(*args))
    except Exception as e:
        result = '%s: %s' % (type(e).__name__, e)
    print name, args, result

for state in (None, (), (0,), (0, 0, 0), (0, 0), [0, 0], 5, 'ab', (0, 88), (0, 89), (0, -1), (32767, 0), (32768, 0),
              (-32768, 0), (-32769, 0), (32768, 89), ('a', 0), (0, 'a'), (None, None), (1.5, 0), (0, 1.5),
              (2 ** 40, 0), (0, 2 ** 40), (0, 2 ** 80), (True, False), (0, -2 ** 31), (2 ** 31 - 1, 2 ** 31 - 1)):
    for name in 'lin2adpcm', 'adpcm2lin':
        for data, width in (('ab', 1), ('abc', 2), ('', 4), ('ab', 7)):
            show(name, data, width, state)
for state in (None, 42, (1,), (), (0, ()), (0, ((0, 0), (0, 0))), (0, (3,)), (0, ((1, 2, 3),)), (0, ((1,),)),
              (0, (('a', 1),)), (0, ([1, 1],)), (0, [(1, 1)]), [0, ((1, 1),)], ('x', ((1, 1),)), (2 ** 40, ((1, 1),)),
              (0, ((2 ** 40, 1),)), (0, ((1, -2 ** 40),)), (1.5, ((1, 1),)), (0, ((1.5, 1),)), (-1, ((1, 1),)),
              (-1, ((1, 1),), 0), (-1, ((1, 1), 5))):
    show('ratecv', 'abcd', 1, 1, 1, 1, state)
    show('ratecv', 'abcd', 1, 2, 1, 1, state)
for args in ((1, 0, 1, 1, None), (1, -1, 1, 1, None), (1, 1, 0, 1, None), (1, 1, 1, 0, None), (1, 1, -1, 1, None),
             (1, 1, 1, -2 ** 31, None), (3, 0, 1, 1, None), (1, 1, 1, 1, None, 0), (1, 1, 1, 1, None, 1, -1),
             (1, 1, 1, 1, None, 0, -1), (1, 3, 1, 1, None), (2, 3, 0, 0, 5), (1, 2 ** 30, 1, 1, None),
             (4, 2 ** 30, 0, 0, 5, 0), (4, 2 ** 29, 1, 1, None), (4, 2 ** 29 - 1, 1, 1, 42), (2, 1, 0, 0, 5, 0),
             (1, 1, 1, 1, None, 'x'), (1, 1, 1, 1, None, 1.5), (1, 1, 1, 1, None, 2 ** 31), ('x', 1, 1, 1, None),
             (1, 1, 2 ** 31, 1, None), (1, 1, 1, 2 ** 31 - 1, None), (4, 1, 1, 2 ** 31 - 1, None),
             (4, 1, 1, 2 ** 30, None)):
    show('ratecv', 'abcd', *args)
show('ratecv', '', 4, 2 ** 29 - 1, 1, 1, 42)
show('ratecv', '', 2, 2 ** 30, 1, 1, 42)
show('ratecv', '', 2, 2 ** 30 - 1, 1, 1, (0, ()))
