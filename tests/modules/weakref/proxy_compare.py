import weakref
class A(object):
    def __init__(s,n): s.n=n
    def __eq__(self, o): print 'eq', self.n, type(o); return True
    def __ne__(self, o): print 'ne', self.n, type(o); return True
    def __lt__(self, o): print 'lt', self.n, type(o); return True
    def __gt__(self, o): print 'gt', self.n, type(o); return True
    def __cmp__(self, o): print 'cmp', self.n, type(o); return 0
class B:
    def __init__(s,n): s.n=n
    def __eq__(self, o): print 'eq', self.n; return True
    def __cmp__(self, o): print 'cmp', self.n, type(o); return 0
class C(object):
    def __cmp__(self, o): print 'cmp',type(o); return 0
class D(object):
    def __call__(self): pass
    def __eq__(self, o): print 'eq', type(o); return True
def t(e):
    try: print e, eval(e)
    except Exception as x: print e, repr(x)
for a, a2 in ((A(1), A(2)), (B(1), B(2)), (C(), C()), (D(), D())):
    p = weakref.proxy(a); p2 = weakref.proxy(a2)
    for e in ['p==1','1==p','p==p2','p==p','p==a','a==p','p!=p2','p<p2','p<a','a<p','p<1','cmp(p,p2)','cmp(p,1)','cmp(1,p)','cmp(p,a)','cmp(a,p)','p in [1]', 'p in [p2]', '[p]==[p2]', '[p]<[p2]']: t(e)
    del a
    for e in ['p==1','p==p2','p<p2','cmp(p,1)','1==p']: t(e)
