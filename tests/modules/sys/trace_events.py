# Every event of tracers and profilers, what a failing tracer does, and calls inside tracers.
import functools
import sys
ev=[]
def p(f,e,a):
    ev.append((f.f_code.co_name,e,getattr(a,'__name__',None) if e.startswith('c_') else (a if e=='return' else None)))
class M(object): pass
def t1():
    len([1])
    len(*[[1]])
    max([1,2],key=lambda x:-x)
    sorted([2,1],key=lambda x:x)
    max(*[1,2],**{'key':lambda x:x})
    map(lambda x:x,[1,2])
    str.upper('x'); 'x'.upper()
    int('3'); list((1,2))
    try: len(1,2)
    except TypeError: pass
    try: len()
    except TypeError: pass
    try: [].append(1,2)
    except TypeError: pass
    try: 'x'.join(1)
    except TypeError: pass
    try: 'x'.join(*[1])
    except TypeError: pass
    try: [].append(x=1)
    except TypeError: pass
    try: [].pop(1,2,3)
    except TypeError: pass
    try: map(lambda x:1/0,[1])
    except ZeroDivisionError: pass
    try: len(*[1,2])
    except TypeError: pass
    import new
    m=new.instancemethod(len,[1],list)
    m()
    m=new.instancemethod(max,[1,5],list)
    m(key=lambda x:x)
    g=(i for i in [1,2])
    g.next(); next(g)
    try: g.next()
    except StopIteration: pass
    g=(i for i in [1,2])
    try: g.throw(ValueError)
    except ValueError:pass
    g=(i for i in [1,2]); next(g)
    try: g.throw(ValueError)
    except ValueError:pass
    g=(i for i in [1,2]); next(g); g.close()
    eval('1+1'); exec 'x=1'
    reduce(lambda a,b:a+b,[1,2,3]); 
    return 5
import new
sys.setprofile(p)
t1()
sys.setprofile(None)
for e in ev: print e
ev=[]
def tr(f,e,a):
    ev.append((f.f_code.co_name,e,f.f_lineno-f.f_code.co_firstlineno,repr(a)[:50] if e!='exception' else a[0].__name__))
    return tr
sys.settrace(tr)
t1()
sys.settrace(None)
for e in ev: print e
def bad(f,e,a):
    if e==BAD: raise KeyError(e)
    return bad
def gen():
    yield 1
    yield 2
def h():
    try:
        int('x')
    except ValueError: pass
    for i in gen(): len([i])
    return 4
import traceback
for BAD in 'call line exception return'.split():
    sys.settrace(bad)
    try: h()
    except KeyError: print BAD, [(t[2],t[1]-h.func_code.co_firstlineno) for t in traceback.extract_tb(sys.exc_info()[2])[1:]], sys.gettrace()
    sys.settrace(None)
for BAD in 'call return c_call c_return c_exception'.split():
    sys.setprofile(bad)
    try: h()
    except KeyError: print BAD, [(t[2],t[1]-h.func_code.co_firstlineno) for t in traceback.extract_tb(sys.exc_info()[2])[1:]], sys.getprofile()
    sys.setprofile(None)
# both
ev=[]
def p2(f,e,a): ev.append(('P',f.f_code.co_name,e))
def tr2(f,e,a):
    ev.append(('T',f.f_code.co_name,e)); return tr2
sys.setprofile(p2); sys.settrace(tr2)
h()
sys.settrace(None); sys.setprofile(None)
for e in ev: print e
# throw with failing tracer
for BAD in ['call','return','exception']:
    g=gen(); next(g)
    sys.settrace(bad)
    try: g.throw(IndexError)
    except Exception as e: pass
    sys.settrace(None)
    print BAD, type(e)
# call_tracing
ev=[]
def tr3(f,e,a):
    ev.append((f.f_code.co_name,e))
    if f.f_code.co_name=='h' and e=='call':
        sys.call_tracing(len,([1],))
        sys.call_tracing(q,(3,))
        try: sys.call_tracing(q,('a',))
        except TypeError: ev.append('TE')
    return tr3
def q(n): return n+1
sys.settrace(tr3)
h()
sys.settrace(None)
for e in ev: print e
# locals change via f_locals not kept for fast; set in trace
def tr4(f,e,a):
    if e=='line' and 'zz' in f.f_locals: f.f_locals['zz']=99
    return tr4
def z():
    zz=1
    y=2
    return zz
sys.settrace(tr4)
r=z()
sys.settrace(None)
print r
# jump
def jump(f,e,a):
    if e=='line' and f.f_code.co_name=='jj' and f.f_lineno==f.f_code.co_firstlineno+2: 
        f.f_lineno=f.f_code.co_firstlineno+4
    return jump
def jj(o):
    o.append(1)
    o.append(2)
    o.append(3)
    o.append(4)
o=[]
sys.settrace(jump); jj(o); sys.settrace(None); print o
