# weakref: ref, proxy, callbacks, WeakKeyDictionary, WeakValueDictionary, hashing, comparing.
import weakref, gc
class C(object):
    def m(self): return 'm'
    def __len__(self): return 3
    def __add__(self, o): return 'add'
    def __eq__(self, o): return True
    def __hash__(self): return 7
c = C()
r = weakref.ref(c); p = weakref.proxy(c)
print r() is c, r is weakref.ref(c), p.m(), len(p), p + 1, type(p).__name__, hash(r), r == weakref.ref(C()) , weakref.getweakrefcount(c), len(weakref.getweakrefs(c)), repr(r)[:10]
p.attr = 5; print c.attr
log = []
cb = weakref.ref(c, log.append)
del c
print r(), log == [cb], r == r
try:
    p.m()
except ReferenceError as e:
    print e
d = weakref.WeakValueDictionary(); k = weakref.WeakKeyDictionary()
o = C(); d['o'] = o; k[o] = 'v'
print d.items()[0][0], k.values(), len(d), len(k)
del o
print len(d), len(k), dict(d)
s = weakref.WeakSet(); o = C(); s.add(o); print len(s); del o; print len(s)
for text in ('weakref.ref(5)', 'weakref.ref([])', 'weakref.proxy(())', 'weakref.ref()', 'hash(weakref.ref(C()))'):
    try:
        exec text
    except Exception as e:
        print text, type(e).__name__, e
class F(object): pass
def f(): pass
print weakref.ref(f)() is f, weakref.ref(F)() is F, weakref.ref(set())() , callable(weakref.proxy(f)), weakref.proxy(f).__name__
