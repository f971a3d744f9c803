# Methods of built-in types called without arguments: found, shadowed, wrong, told to a profiler.
import sys

items = [3, 1, 2]
print items.sort(), items
print items.pop(), items, 'Ab'.upper(), {1: 2}.items(), (1.5).is_integer()

try:
    items.append()
except TypeError, error:
    print error
try:
    items.index()
except TypeError, error:
    print error
try:
    items.nothing()
except AttributeError, error:
    print error
try:
    [].pop()
except IndexError, error:
    print error


class Own(list):
    pass


own = Own([2, 1])
own.sort()
print own
own.sort = lambda: 'of the instance'
print own.sort()
Own.pop = lambda self: 'of the class'
print own.pop()
del Own.pop
print own.pop(), own


class Bare(list):
    __slots__ = ()


bare = Bare([2, 1])


def sort(value):
    value.sort()
    return value


print sort(bare), sort([2, 1])
Bare.sort = lambda self: self.append('sorted')
print sort(bare), sort([2, 1])
del Bare.sort
bare.pop()
print sort(bare)


class Foreign(object):
    __slots__ = ()
    upper = str.upper
    keys = {}.keys
    fresh = dict.__dict__['fromkeys']


for name in 'upper', 'keys', 'fresh':
    try:
        print eval('Foreign().%s()' % name)
    except TypeError, error:
        print name, error


class Iterator(object):
    def __iter__(self):
        return self

    def next(self):
        raise StopIteration('over')


def values():
    yield 1
    yield 2


g = values()
print g.next(), g.next()
for it in g, Iterator(), iter([]):
    try:
        it.next()
    except StopIteration, error:
        print type(it).__name__, error.args

events = []


def profiler(frame, event, arg):
    if event.startswith('c_'):
        events.append((event, arg.__name__))


def profiled():
    [1].pop()
    sys.setprofile(profiler)
    'a'.upper()
    try:
        [].pop()
    except IndexError:
        pass
    sys.setprofile(None)
    'a'.lower()


profiled()
print events

# The method keeps alive what it is called on.


class Key(object):
    def __init__(self, holder):
        self.holder = holder

    def __cmp__(self, other):
        if self.holder:
            del self.holder[:]
        return 0


holder = []
holder.append([Key(holder), Key(holder)])
holder[0].sort()
print holder

# Freed ones are used again.
bound = [[n].pop for n in range(600)]
print sum(method() for method in bound)
del bound
print [n].pop is [n].pop, {}.get.__self__, ''.join.__name__

deep = []
for n in xrange(100000):
    deep = deep.__reduce_ex__
del deep
print 'freed'
