# gc: cycles, thresholds, garbage with __del__, get_objects, referrers, weakref callbacks.
import gc, weakref
gc.disable()
class N(object): pass
def cycle(cls=N):
    a, b = cls(), cls()
    a.b, b.a = b, a
    return weakref.ref(a)
gc.collect()
r = cycle()
print r() is not None, gc.collect() > 0, r() is None, gc.isenabled(), gc.get_threshold(), gc.get_count()[1:], gc.garbage
class D(object):
    def __del__(self): print 'del'
d = D(); d = None
r = cycle(D)
gc.collect()
print r() is not None, len(gc.garbage), type(gc.garbage[0]).__name__
del gc.garbage[:]
x = []
print gc.is_tracked(x), gc.is_tracked(5), gc.is_tracked({}), gc.is_tracked({'a': 1}), gc.is_tracked({'a': []}), gc.is_tracked(()), gc.is_tracked(([],)), x in gc.get_objects() or 1, gc.get_referents([1, 'a']), [type(r).__name__ for r in gc.get_referrers(r)] != []
log = []
o = N(); o.me = o
w = weakref.ref(o, lambda ref: log.append('callback'))
del o
print log, gc.collect(), log
gc.set_threshold(50, 5, 5); print gc.get_threshold(); gc.enable()
for text in ('gc.collect(5)', 'gc.set_threshold("a")', 'gc.set_debug("x")', 'gc.collect("a")'):
    try:
        exec text
    except Exception as e:
        print text, type(e).__name__, e
l = []
for i in xrange(1000): a = []; a.append(a)
print 'alive'
