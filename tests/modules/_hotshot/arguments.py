# Methods, their errors, and what is left after close().
import _hotshot, sys


def f():
    return 3


def bad():
    raise KeyError


def attempt(source):
    try:
        print source[:60], '->', repr(eval(source))
    except Exception as e:
        print source[:60], '->', type(e).__name__, e
    sys.setprofile(None)
    sys.settrace(None)


p = _hotshot.profiler('log')
for source in ('p.runcall(f)', 'p.runcall(f, ())', 'p.runcall(f, (1,))', 'p.runcall(f, [1])',
               'p.runcall(f, (), {})', 'p.runcall(bad)', 'p.runcall(len, ("ab",))',
               'p.runcode(compile("3", "a", "eval"), {})',
               'p.runcode(compile("x", "a", "eval"), {"x": 1}, {"x": 2})', 'p.runcode(3, {})',
               'p.runcode("a", {})', 'p.runcode(f.__code__, 3)', 'p.start()', 'p.start(1)',
               'p.start() or p.start()', 'p.stop()', 'p.start() or p.stop()', 'p.stop()',
               'p.start() or (sys.getprofile() is p, sys.gettrace())', 'p.stop()',
               'p.fileno() > 2', 'p.addinfo(1, 2)', 'p.addinfo("a")', 'p.addinfo("a" * 300, "b")',
               'p.addinfo("a", "b\0c")', 'p.addinfo("A", "A" * 10234)', 'p.addinfo("", "")',
               'p.addinfo("A" * 5000, "A" * 6000)', 'p.close()', 'p.close()', 'p.closed',
               'p.fileno()', 'p.start()', 'p.stop()', 'p.runcall(f)', 'p.addinfo("a", "b")',
               'p.runcode(compile("3", "a", "eval"), {})', 'p.close(1)', '_hotshot.profiler()',
               '_hotshot.profiler(3)', '_hotshot.profiler("/nonexistent/x")',
               '_hotshot.profiler("log", "x")', '_hotshot.profiler("log", 1, 2, 3)',
               '_hotshot.coverage()', '_hotshot.coverage("/nonexistent/x")',
               '_hotshot.logreader("/nonexistent/x")', '_hotshot.logreader()',
               '_hotshot.resolution(1)', '_hotshot.ProfilerType()', '_hotshot.LogReaderType("log")',
               'type("x", (_hotshot.ProfilerType,), {})', '_hotshot.ProfilerError.__mro__',
               '_hotshot.ProfilerError.__module__', 'p.x', 'p.closed'):
    attempt(source)

p = _hotshot.profiler('log2')
for n in 10235, 10240, 0xfceb:
    attempt('p.addinfo("A", "A" * %d)' % n)
p = None
for path in 'abc', None:
    old = sys.path
    sys.path = path
    attempt('_hotshot.coverage("log2")')
    sys.path = old

r = _hotshot.logreader('log')
for source in ('r.next(1)', 'r[0][0]', 'r[5]', 'r["a"]', 'r.fileno() > 2', 'r.closed',
               'iter(r) is r', 'r.info is r.info', 'r.close()', 'r.close()', 'r.closed',
               'r.fileno()', 'r.next()', 'r[0]', 'r.x'):
    attempt(source)
for name, value in sorted(vars(_hotshot).items()):
    if name.startswith('WHAT_'):
        print name, value
