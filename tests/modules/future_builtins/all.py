# future_builtins: the types of itertools, and numbers in the spelling of Python 3.
import itertools
import future_builtins as f

print sorted(n for n in dir(f) if not n.startswith('__'))
print f.map is itertools.imap, f.filter is itertools.ifilter, f.zip is itertools.izip
for n in (0, 1, -1, 255, -256, 10 ** 20, True, -2 ** 63):
    print f.hex(n), f.oct(n), f.ascii(n)


class Index(object):
    def __index__(self):
        return 100


print f.hex(Index()), f.oct(Index())
for bad in (1.5, 'a', None):
    for g in (f.hex, f.oct):
        try:
            print g(bad)
        except TypeError as e:
            print g.__name__, e
print f.ascii(u'\u20ac'), f.ascii('\xe9')
print list(f.zip('ab', f.map(ord, 'cd'))), list(f.filter(None, [0, 1, 2]))

# bytearray.extend asks the iterable how long it is


class Sized(object):
    def __init__(self, length):
        self.length = length

    def __iter__(self):
        return iter([1, 2, 3])

    def __len__(self):
        if isinstance(self.length, Exception):
            raise self.length
        return self.length


for length in (1, 3, 100, -1, 2 ** 70, TypeError('none'), RuntimeError('bad')):
    b = bytearray('ab')
    try:
        b.extend(Sized(length))
        print repr(b)
    except Exception as e:
        print type(e).__name__, e
