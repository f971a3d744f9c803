# pickle.loads and cPickle.loads of mutated streams, and cPickle's Unpickler with hostile hooks.
import array, collections, copy_reg, cPickle, datetime, decimal, pickle, pickletools, sys
from StringIO import StringIO
import cStringIO
from fuzzlib import mutate, note, run

class Old:
    def __init__(self): self.a = 1
class OldState:
    def __getstate__(self): return [1]
    def __setstate__(self, state): self.s = state
    def __getinitargs__(self): return ()
class New(object):
    __slots__ = ('a', '__dict__')
class Red(object):
    def __reduce__(self): return list, ([1, 2],), None, iter([3]), None
class DictRed(dict):
    pass
class L(list):
    pass

def values():
    loop = []
    loop.append(loop)
    d = {}
    d['d'] = (d, [d])
    n = New()
    n.a, n.b = 1, n
    shared = ['s'] * 2
    return [None, True, 5, -5, 1 << 31, 1 << 70, 1.5, 'a\n\x00', u'\u20ac\n', (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4),
            [1, 2], {'a': 1}, set([1]), frozenset([2]), loop, d, n, Old(), OldState(), Red(), len, list, New,
            [shared, shared], array.array('i', [1, 2]), collections.deque([1]), collections.OrderedDict([(1, 2)]),
            datetime.datetime(2000, 1, 1), datetime.timedelta(1), datetime.time(1), decimal.Decimal('1.5'),
            ValueError('x'), object(), xrange(3), slice, L([1]), DictRed(a=1), 3j, range(20), dict.fromkeys(range(20))]
STREAMS = []
for v in values():
    for p in (0, 1, 2):
        try:
            STREAMS.append(cPickle.dumps(v, p))
        except Exception:
            pass
OPS = [op.code for op in pickletools.opcodes]
SAFE = ('__builtin__', 'copy_reg', 'collections', 'datetime', 'decimal', 'array', '__main__', 'exceptions', '_codecs')

def find(module, name):
    if module not in SAFE or name in ('raw_input', 'input', 'eval', 'execfile', 'open', 'file', 'exit', 'quit'):
        raise ImportError(module)
    __import__(module)
    return getattr(sys.modules[module], name)

def random_ops(rng):
    parts = ['\x80\x02'] if rng.random() < .5 else []
    for _ in xrange(rng.randrange(1, 25)):
        op = rng.choice(OPS)
        parts.append(op)
        if op in 'IFLVSPpgjr' and rng.random() < .7:
            parts.append(rng.choice(('0', '1', '-1', "'a'", '99999999999', '1e5')) + '\n')
        elif op in 'ic':
            parts.append(rng.choice(('__builtin__\nlist', '__builtin__\nobject', '__main__\nOld', 'copy_reg\n_reconstructor',
                                     '__builtin__\ndict', '__main__\nNew', '__builtin__\ntype')) + '\n')
        elif op in 'KqhU\x8a\x82':
            parts.append(chr(rng.choice((0, 1, 2, 5, 255))))
    parts.append('.' if rng.random() < .9 else '')
    return ''.join(parts)

def case(rng, n):
    data = random_ops(rng) if rng.random() < .3 else mutate(rng, rng.choice(STREAMS), STREAMS)
    note(repr(data))
    for make in (StringIO, cStringIO.StringIO):
        u = cPickle.Unpickler(make(data))
        u.find_global = find
        if rng.random() < .3:
            u.persistent_load = [] if rng.random() < .5 else lambda x: u
        try:
            value = u.load()
            if rng.random() < .2:
                value = u.load()
        except Exception:
            continue
        try:
            repr(value)
            p = cPickle.Pickler(cStringIO.StringIO(), rng.randrange(3))
            p.dump(value)
            p.clear_memo()
        except Exception:
            pass
    if rng.random() < .2:
        u = pickle.Unpickler(StringIO(data))
        u.find_class = find
        u.load()

run(case)
