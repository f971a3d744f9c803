# Special methods are looked up on the class, not the instance.
class C(object):
    def __len__(self): return 3
    def __getitem__(self, i): return ('item', i)
    def __contains__(self, x): return x == 'in'
    def __call__(self, *a, **k): return a, k
    def __nonzero__(self): return False
    def __hash__(self): return 99
    def __eq__(self, o): return True
    def __str__(self): return 'str'
    def __repr__(self): return 'repr'
    def __unicode__(self): return u'uni'
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __index__(self): return 2
    def __hex__(self): return 'hex'
    def __enter__(self): return 'entered'
    def __exit__(self, *a): pass
    def __reversed__(self): return 'rev'
    def __format__(self, spec): return 'fmt<%s>' % spec
    def __dir__(self): return ['b', 'a']
    def __sizeof__(self): return 8
c = C()
c.__len__ = lambda: 1 / 0
print len(c), c[1], c[1:2], c[1:2:3], c[...], c[1, 2:3], 'in' in c, c(1, k=2), bool(c), hash(c), c == 5, str(c), repr(c), unicode(c)
print int(c), float(c), [10, 20, 30][c], 'abc'[c:], hex(c), reversed(c), format(c, 'x'), '{0:y}'.format(c), dir(c), `c`, '%s %r %d' % (c, c, c)
print range(5)[c], (1, 2, 3)[c], 2 ** c.__index__(), oct(5), c.__sizeof__()
