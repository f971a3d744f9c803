# A mutated .pyc file is imported.
import imp, marshal, os, struct, sys
from fuzzlib import mutate, note, run
sys.dont_write_bytecode = True
SOURCES = ['''
import sys
def f(a, b=1, *c, **d):
    """doc"""
    for i in range(3):
        try:
            if i == 2: raise ValueError(i)
            continue
        except ValueError, e:
            return [e, a, b, c, d]
        finally:
            a += 1
class C:
    x = f(1)
    def g(self): yield self.x
print >>sys.stderr.__class__, 1
''', '''
class A(object):
    def __init__(self, n): self.n = n
    def __enter__(self): return self
    def __exit__(self, *e): return True
    @property
    def p(self): return self.n
with A(3) as a:
    b = a.p ** 2
    raise KeyError
r = map(lambda q: q + b, [1, 2, 3])
exec "z = 1" in {}
del a
s = [x for y in r for x in (y, y)][1:2]
''']
CODES = ['\x03\xf3\r\n\0\0\0\0' + marshal.dumps(compile(s, 'm', 'exec')) for s in SOURCES]
sys.stdout = open(os.devnull, 'w')

def case(rng, n):
    data = mutate(rng, rng.choice(CODES), CODES)
    if rng.random() < .8:
        data = CODES[0][:8] + data[8:]
    note(repr(data))
    with open('mutant.pyc', 'wb') as f:
        f.write(data)
    try:
        m = imp.load_compiled('mutant', 'mutant.pyc')
        if rng.random() < .5:
            m.f(1)
            list(m.C().g())
    finally:
        sys.modules.pop('mutant', None)

run(case)
