# Arguments, types, documentation.
import _lsprof, gc, sys, weakref
from _lsprof import Profiler, profiler_entry, profiler_subentry


def attempt(source):
    try:
        print source, '->', repr(eval(source))
    except Exception as e:
        print source, '->', type(e).__name__, e
    sys.setprofile(None)


for source in ('Profiler(1, 2, 3, 4, 5)', 'Profiler(timr=1)', 'Profiler(None, "x")',
               'Profiler(timeunit=None)', 'Profiler(subcalls="a")', 'Profiler(1, 2, 3, [])',
               'Profiler(builtins=None)', 'Profiler(1, timer=2)', 'Profiler(subcalls=2 ** 40)',
               'Profiler(subcalls=1.5)', 'Profiler(lambda: 0, timeunit=2)', 'Profiler(3)',
               'Profiler(None)', 'Profiler.__new__(Profiler, 1, x=2)',
               'Profiler.__new__(Profiler).getstats()', 'Profiler().enable(1, 2, 3)',
               'Profiler().enable("x")', 'Profiler().enable(foo=1)', 'Profiler().enable(2.5)',
               'Profiler().enable(2 ** 40)', 'Profiler().enable(subcalls=0, builtins=0)',
               'Profiler().enable(None)', 'Profiler().disable(1)', 'Profiler().clear(1)',
               'Profiler().getstats(1)', 'Profiler().disable()', 'Profiler().clear()',
               'Profiler().getstats()', 'Profiler.enable(1)', 'Profiler().x',
               'weakref.ref(Profiler())', 'gc.is_tracked(Profiler())', 'sys.getsizeof(Profiler())',
               'Profiler.__basicsize__', 'Profiler.__bases__', 'Profiler() == Profiler()',
               'profiler_entry()', 'profiler_entry((1, 2, 3))', 'profiler_entry((1, 2, 3, 4, 5, 6))',
               'profiler_entry([1, 2, 3, 4, 5, 6]).calls', 'profiler_subentry((1, 2, 3, 4, 5, 6))',
               'profiler_subentry(range(5))', 'profiler_subentry(range(5)).inlinetime',
               'profiler_subentry(range(5)) == (0, 1, 2, 3, 4)', 'profiler_entry.n_fields',
               'profiler_subentry.n_sequence_fields', '_lsprof.__doc__',
               'profiler_entry.__mro__', 'sorted(vars(profiler_subentry))'):
    attempt(source)

print Profiler.__doc__
for owner in Profiler, profiler_entry, profiler_subentry:
    for attr in sorted(vars(owner)):
        if attr[:2] != 'n_' and attr not in ('__new__', '__doc__'):
            print attr, vars(owner)[attr].__doc__

p = Profiler(lambda: 0)
p.enable()
attempt('len("")')
p.disable()
p.enable()
len('')
p.disable()
for e in sorted(p.getstats()):
    if e.code in ('<len>', 3):
        print e, type(e), type(e.callcount), type(e.totaltime), type(e.calls)
