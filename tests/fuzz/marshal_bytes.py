# marshal.loads of mutated bytes; code objects among what comes out run.
import marshal
from fuzzlib import mutate, note, run

def outer(a, b=2, *c, **d):
    x = [a, b, (a, b), {1: c}]
    def inner(y):
        try:
            for i in xrange(y):
                x.append(i + a)
        finally:
            x.pop()
        yield [z for z in x]
        with open('nothing') as f:
            print >>f, y
    class K(object):
        v = 1
        def m(self):
            return self.v, lambda: a
    return list(inner(3)), K().m(), {k: k for k in 'ab'}, {q for q in 'ab'}

VALUES = [None, True, 5, -1, 1 << 40, 1 << 200, -(1 << 90), 1.5, 2j, 'abc', u'\u20ac', (1, 2, ()), [1, [2], {}],
          {1: 2, 'a': (3,)}, set([1, 2]), frozenset('ab'), Ellipsis, StopIteration, outer.func_code,
          compile('import os\nx = 1 + 2\nprint x\n', 'f', 'exec'), ['same', 'same', intern('same')] * 3,
          [0.1, -0.0, float('inf')], range(300), 'x' * 300]
SEEDS = [marshal.dumps(v, version) for v in VALUES for version in (0, 1, 2)]
CODE = [marshal.dumps(v) for v in VALUES if hasattr(v, 'co_code')]

def case(rng, n):
    data = mutate(rng, rng.choice(CODE if rng.random() < .5 else SEEDS), SEEDS)
    note(repr(data))
    value = marshal.loads(data)
    if hasattr(value, 'co_code'):
        repr(value), hash(value), value == VALUES[18]
        eval(value, {'__builtins__': __builtins__, 'a': 1})
    else:
        repr(value)
        marshal.dumps(value)

run(case)
