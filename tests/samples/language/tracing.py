# sys.settrace/setprofile
import sys
def tr(f, e, a):
    if f.f_code.co_filename != __file__: return None
    print '%s:%d %s %r' % (f.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno, e, a[:2] if e == 'exception' else a)
    return tr
def sub(x):
    y = x + 1
    if y > 2:
        raise ValueError('big')
    return y
def main():
    z = sub(1)
    for i in range(2):
        z += i
    try:
        sub(5)
    except ValueError, e:
        z = 0
    finally:
        z += 1
    with open('/dev/null') as f:
        pass
    g = (k for k in [1, 2])
    list(g)
    class K(object):
        a = 1
    return [q for q in range(2)]
sys.settrace(tr); main(); sys.settrace(None)
def gen():
    yield 1
    yield 2
ev = []
def prof(f, e, a): ev.append((e, f.f_code.co_name, getattr(a, '__name__', None) if e.startswith('c_') else None))
sys.setprofile(prof); list(gen()); [].append(1); len('x')
try: int('x')
except ValueError: pass
max([1], key=lambda x: x)
sys.setprofile(None)
print ev
def jump(f, e, a):
    if e == 'line' and f.f_lineno == f.f_code.co_firstlineno + 2: f.f_lineno = f.f_code.co_firstlineno + 3
    return jump
def jf():
    print 'one'
    print 'skipped'
    print 'three'
sys.settrace(jump); jf(); sys.settrace(None)
def badjump(f, e, a):
    if e == 'line':
        for n in (100,):
            try: f.f_lineno = f.f_code.co_firstlineno + n
            except ValueError, x: print x
    return badjump
def bj():
    for i in range(1):
        pass
sys.settrace(badjump); bj(); sys.settrace(None)
def raiser(f, e, a): raise RuntimeError('tracer')
sys.settrace(raiser)
try: jf()
except RuntimeError, x: print x
print sys.gettrace()
def local_only(f, e, a):
    def loc(f, e, a): print 'loc', e, f.f_lineno - f.f_code.co_firstlineno; return loc
    return loc
sys.settrace(local_only); sub(0); sys.settrace(None)
import bdb, pdb, StringIO
out = StringIO.StringIO(); p = pdb.Pdb(stdin=StringIO.StringIO('n\nn\np x\nl\nw\ns\nc\n'), stdout=out)
p.use_rawinput = 0
def dbg(x):
    p.set_trace()
    y = x * 2
    return sub(0) + y
dbg(3); import re; print re.sub(r'> \S+/', '> ', out.getvalue().replace(__file__, 'FILE'))
import trace; t = trace.Trace(count=1, trace=0, countfuncs=0); t.runfunc(sub, 1); print sorted((k[1] - sub.func_code.co_firstlineno, v) for k, v in t.results().counts.items() if 'e12' in k[0])
