# What stands for a C function: its module's name and its own, or what its type has under its name.
import _lsprof, math, random, sys, thread, time
import itertools, datetime


def show(p):
    for e in sorted(p.getstats()):
        if isinstance(e.code, str):
            print e.code, e.callcount
    print


def run():
    [].append(1), {}.get(1), ''.join([]), u''.upper(), (1).bit_length(), 'a'.replace('a', 'b')
    dict.fromkeys([]), datetime.datetime.utcnow(), itertools.chain.from_iterable([])
    random.random(), math.sin(1), time.time(), sys.getrefcount(1), globals(), repr(1)
    object.__new__(object), datetime.date.today(), object().__reduce__, type.mro(int), int.mro()
    object().__format__(''), str.upper('a'), [].__len__(), (1).__hash__()
    thread.allocate_lock().acquire(), thread.get_ident()
    sys.stdout.write(''), iter([1]).next(), itertools.count().next(), (i for i in '').close()


class List(list):
    def append(self, x):
        pass

    sort = property()


class Loud(object):
    def __repr__(self):
        print 'repr'
        return 'R!'


class Fails(object):
    def __repr__(self):
        raise KeyError


class Odd(list):
    append = Loud()
    sort = Fails()
    extend = 5


def supers(type):
    super(type, type()).append(1), super(type, type()).sort(), super(type, type()).extend([])
    super(type, type([1])).pop()


for function, args in (run, ()), (supers, (List,)), (supers, (Odd,)):
    p = _lsprof.Profiler()
    p.enable()
    function(*args)
    p.disable()
    show(p)

for module in 'abc', '', '__builtin__', 5, None, u'abc', 'a' * 300, math:
    math.cos.__module__ = module
    p = _lsprof.Profiler()
    p.enable()
    math.cos(1)
    p.disable()
    show(p)

# the first name is the name
p = _lsprof.Profiler()
p.enable()
[].append(1)
supers(Odd)
p.disable()
show(p)
