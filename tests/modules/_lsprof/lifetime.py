# Profilers that go away while they are on, are subclassed, or replaced; threads; what is held.
import _lsprof, gc, sys, threading, weakref


def f(x):
    return x


def counts(p):
    return sorted((getattr(e.code, 'co_name', e.code), e.callcount) for e in p.getstats())


events = []


def hook(frame, event, arg):
    events.append(event)


p = _lsprof.Profiler()
before = sys.getrefcount(p)
p.enable()
print sys.getprofile() is p, sys.getrefcount(p) - before
sys.setprofile(hook)
f(1)
del p
print sys.getprofile()
f(2)
print events


class Sub(_lsprof.Profiler):
    def __init__(self, *args):
        _lsprof.Profiler.__init__(self, *args)
        self.args = args

    def __del__(self):
        print 'del', sys.getprofile()

    def enable(self, *args):
        _lsprof.Profiler.enable(self, *args)
        return 5


p = Sub()
print p.enable(), p.args, weakref.ref(p)() is p, gc.is_tracked(p)
del p
f(1)
p = sys.getprofile()
p.disable()
print type(p).__name__, counts(p)
p.enable()
sys.setprofile(None)
del p
p = Sub()
p.me = p
p.enable()
f(1)
p.disable()
print counts(p)
del p.me, p


class Timer(object):
    def __call__(self):
        return 1

    def __del__(self):
        print 'timer gone'


p = _lsprof.Profiler(Timer())
p.__init__(Timer())
p.enable()
f(1)
del p
sys.setprofile(None)


def make():
    def inner():
        pass
    return inner


code = compile('f(1)', '<made>', 'exec')
p = _lsprof.Profiler()
before = sys.getrefcount(code)
p.enable()
exec code
p.disable()
print sys.getrefcount(code) - before
stats = p.getstats()
p.clear()
print sys.getrefcount(code) - before, p.getstats()
del stats
print sys.getrefcount(code) - before

# a profiler is its thread's; one for several threads counts for all
p = _lsprof.Profiler()
p.enable()
t = threading.Thread(target=f, args=(1,))
sys.setprofile(None)
t.start()
t.join()
p.clear()


def profiled():
    p.enable()
    f(2)
    sys.setprofile(None)


for i in range(3):
    t = threading.Thread(target=profiled)
    t.start()
    t.join()
p.disable()
print [c for c in counts(p) if c[0] == 'f']


# a timer that asks the profiler
def asking():
    p.getstats()
    return 0


p = _lsprof.Profiler(asking)
p.enable()
f(1)
f(2)
p.disable()
print counts(p)

# many functions, deep calls
functions = [eval('lambda n: n and functions[(n * 7) % 300](n - 1)') for i in range(300)]
p = _lsprof.Profiler(lambda: 0)
p.enable()
functions[0](800)
for g in functions:
    g(0)
p.disable()
stats = [e for e in p.getstats() if not isinstance(e.code, str)]
print len(stats), sum(e.callcount for e in stats), sum(
    s.callcount for e in stats for s in e.calls or ())

# left on at the end
p = _lsprof.Profiler()
p.enable()
