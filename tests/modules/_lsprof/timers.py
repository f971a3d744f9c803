# Timers of one's own: what the times are, how often the timer is asked, and what its errors do.
import _lsprof


class Timer(object):
    def __init__(self, step):
        self.step, self.now, self.asked = step, 0, 0

    def __call__(self):
        self.asked += 1
        self.now += self.step
        return self.now


def name(code):
    return code if isinstance(code, str) else code.co_name


def show(p):
    for e in sorted(p.getstats(), key=lambda e: name(e.code)):
        print '   ', name(e.code), e[1:5]
        for s in sorted(e.calls or (), key=lambda s: name(s.code)):
            print '       ', name(s.code), s[1:]


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def leaf():
    pass


def run():
    leaf(), leaf(), even(5), len([]), [].append(1)


def profile(function, *args, **kwds):
    p = _lsprof.Profiler(*args, **kwds)
    p.enable()
    function()
    p.disable()
    return p


for kwds in {}, {'subcalls': False}, {'builtins': False}:
    for step in 1, 3L, 0.25, True:
        t = Timer(step)
        print kwds, step
        show(profile(run, t, **kwds))
        print '    asked', t.asked

for step in 1, 2L, 0.75, 1.5, True, 2 ** 70, -1:
    for unit in 1, 0.5, 3.0, 0.0, -2, float('nan'), float('inf'), 1e300:
        t = Timer(step)
        print step, unit
        show(profile(leaf, t, unit))

for step in 1e300, -1e300, float('nan'), float('inf'), 0.1, 1e-9, 1e-10, 2.0 ** 30:
    print repr(step)
    show(profile(leaf, Timer(step)))

print 'wraps around'
show(profile(leaf, ([-2 ** 63 + 1, 2 ** 63 - 1] * 3).pop, 1))
print 'truncates'
show(profile(leaf, ([1.9, -1.9] * 3).pop, 1))
show(profile(leaf, ([1.5e-10, -1.5e-10] * 3).pop))
print 'counts an error as 0'
show(profile(leaf, ([5, 'x'] * 3).pop, 1))
show(profile(leaf, ([5, 'x'] * 3).pop))


def fails():
    raise KeyError('z')


def exits():
    raise SystemExit(3)


for timer in fails, exits, 3, None, (lambda: None), (lambda: 1j), (lambda: 'x'), [].pop:
    for unit in 0, 1:
        show(profile(leaf, timer, unit))

print 'initialised again'
p = profile(leaf, Timer(1), 3)
p.__init__(Timer(1), 5)
show(p)
p.__init__(Timer(1))
show(p)
try:
    p.__init__(Timer(1), 1, 2, 3, 4)
except TypeError as e:
    print e
show(p)
t = Timer(1)
p = _lsprof.Profiler(t, 1)
p.enable()
leaf()
p.__init__()
leaf()
p.disable()
print t.asked, sorted((name(e.code), e.callcount) for e in p.getstats())

print 'the clock'
p = profile(lambda: sum(xrange(20000)))
e, = [e for e in p.getstats() if name(e.code) == '<lambda>']
print 0 < e.inlinetime < e.totaltime < 60, e.calls[0].totaltime == e.totaltime - e.inlinetime or (
    abs(e.calls[0].totaltime - e.totaltime + e.inlinetime) < 1e-8)
