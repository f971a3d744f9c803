# A profiler switched on, off, and over while functions run; events that it is not told of.
import _lsprof, sys

clock = [0]


def timer():
    clock[0] += 1
    return clock[0]


def new(**kwds):
    clock[0] = 0
    return _lsprof.Profiler(timer, 1, **kwds)


def name(code):
    return code if isinstance(code, str) else code.co_name


def show(what, p):
    print what, clock[0]
    for e in sorted(p.getstats(), key=lambda e: name(e.code)):
        print '   ', name(e.code), e[1:5], sorted((name(s.code), s[1:]) for s in e.calls or ())


def f(x):
    return x


def on(flag):
    if flag:
        p.enable()
    f(1)


def off(flag):
    f(1)
    if flag:
        p.disable()
    f(2)


def lost():
    sys.setprofile(None)


def inner_on():
    on(1)
    f(2)


p = new()
inner_on()
p.disable()
show('switched on inside', p)

p = new()
p.enable()
(lambda: (off(0), off(1), f(3)))()
show('switched off inside', p)
p.enable()
f(4)
p.disable()
show('and on again', p)
p.disable()
show('and off twice', p)
p.enable()
p.enable()
f(5)
p.disable()
show('and on twice', p)
p.clear()
show('cleared', p)


def clears():
    f(1), p.clear(), f(2)


p.enable()
(lambda: (clears(), f(3)))()
p.disable()
show('cleared while on', p)


def asks(n):
    if n == 1:
        show('in between', p)
    elif n > 1:
        asks(0), asks(n - 1)


p = new()
p.enable()
asks(3)
p.disable()
show('asked while on', p)


def without_subcalls():
    f(1), p.enable(subcalls=False), f(2), f(2)


def with_subcalls():
    f(1), p.enable(subcalls=True), f(2), f(2)


def both_subcalls():
    without_subcalls(), f(1), with_subcalls(), f(2)


p = new()
p.enable()
both_subcalls(), both_subcalls(), p.enable(subcalls=1), without_subcalls(), both_subcalls()
p.disable()
show('subcalls', p)
p = new(subcalls=0)
p.enable()
with_subcalls(), with_subcalls(), both_subcalls()
p.disable()
show('no subcalls at first', p)


def without_builtins():
    len([]), p.enable(builtins=False), len([]), f(1)


def with_builtins():
    len([]), p.enable(builtins=True), len([]), f(1)


def both_builtins():
    without_builtins(), with_builtins()


p = new()
p.enable()
both_builtins(), both_builtins()
p.disable()
show('builtins', p)
p = new(builtins=False)
p.enable()
both_builtins(), both_builtins()
p.disable()
show('no builtins at first', p)

p = new()
p.enable()
on(0), lost(), on(1), f(1)
p.disable()
show('lost once', p)
p = new()
p.enable()
on(0), lost(), on(1), on(0), on(0), lost(), on(1), lost()
p.disable()
show('lost often', p)
p = new()
p.enable()
(lambda: lost())(), on(1), f(1)
p.disable()
show('returns of the unknown', p)


def losing():
    on(1), on(0), lost()


p = new()
p.enable()
(lambda: losing())()
f(2), on(1), losing()
p.disable()
show('below nothing', p)

p, q = new(), new()
p.enable()
f(1)
q.enable()
f(2)
print sys.getprofile() is q
p.disable()
f(3)
print sys.getprofile()
q.disable()
show('two, the first', p)
show('two, the second', q)

p = new()
p.enable()
f(1)
p.__init__(timer, 1, False, False)
f(2), len([]), off(0)
p.disable()
show('initialised again', p)
