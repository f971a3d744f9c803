# expected: by hand, as the reference crashes
# A timer that changes the profiler which asks it.
import _lsprof, sys


def f(x):
    return x


def run():
    f(1), len([]), f(f(2))


def asks(change):
    def timer():
        count[0] += 1
        if count[0] % 3 == 0:
            change()
        return count[0]
    return timer


def drop():
    global p
    sys.setprofile(None)
    p = None


for change in ('p.clear()', 'p.enable()', 'p.disable()', 'p.__init__(timer, 1)', 'p.getstats()',
               'p.__init__()', 'drop()', 'run()', 'p.clear(); p.enable(); f(1); run()'):
    count = [0]
    code = compile(change, '<change>', 'exec')

    def step():
        exec code in globals()

    timer = asks(step)
    p = q = _lsprof.Profiler(timer, 1)
    if change == 'drop()':
        q = None
    p.enable()
    run()
    run()
    sys.setprofile(None)
    if q is not None:
        q.getstats()
    print change, count[0] > 2
    p = q = None
