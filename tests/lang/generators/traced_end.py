# What tracers are told of when a generator is closed, dropped, or thrown into.
import sys
ev=[]
def prof(f,e,a):
    if f.f_code.co_name in('gen','gent'): ev.append((e,f.f_lineno,a if e[0]!='c' else getattr(a,'__name__',a)))
def gen(n):
    for i in range(n):
        yield i
def gent():
    try: yield 1
    finally: len([])
def run(name, fn):
    del ev[:]
    sys.setprofile(prof)
    try: fn()
    except Exception as e: pass
    sys.setprofile(None)
    print name, ev
    del ev[:]
    def tr(f,e,a):
        if f.f_code.co_name in('gen','gent'): ev.append((e,f.f_lineno,a if e!='exception' else a[0].__name__)); return tr
    sys.settrace(tr)
    try: fn()
    except Exception as e: pass
    sys.settrace(None)
    print '  tr', ev
def a(): g=gen(3); g.next(); g.close()
def b(): g=gen(3); g.next(); del g
def c(): gen(3).throw(ValueError)
def d(): g=gen(3); g.next(); g.throw(ValueError)
def e(): gen(3).close()
def f(): g=gent(); g.next(); del g
def h(): g=gent(); g.next(); g.close()
def i(): gen(3)
def j(): any(x for x in gen(3))
def k():
    for x in gen(3): break
def l(): g=gen(1); list(g); g.close(); del g
def m(): g=gen(1); next(g); g.close(); g.close()
def n(): g=gent(); g.next(); g.throw(KeyError,'x')
def o(): g=gent(); g.throw(KeyError('x'))
for fn in (a,b,c,d,e,f,h,i,j,k,l,m,n,o): run(fn.__name__, fn)
