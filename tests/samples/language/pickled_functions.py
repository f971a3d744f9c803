import cPickle, pickle, sys, types
def mk(mod, name='nn'):
    f = types.FunctionType((lambda: 1).func_code, {}, name)
    if mod is not Ellipsis: f.__module__ = mod
    return f
for m in (Ellipsis, None, 3, 'os', 'nomod', '', [], '__main__'):
    for p in (0, 2):
        for P in (pickle, cPickle):
            try: print m, p, repr(P.dumps(mk(m), p))
            except Exception, e: print m, p, type(e).__name__, e
            class C(object): pass
            if m is not Ellipsis: C.__module__ = m
            try: print m, p, repr(P.dumps(C, p))
            except Exception, e: print m, p, type(e).__name__, e
            class O: pass
            try:
                if m is not Ellipsis: O.__module__ = m
                print m, p, repr(P.dumps(O, p))
            except Exception, e: print m, p, type(e).__name__, e
            try:
                print m, p, repr(P.dumps(O(), p))
            except Exception, e: print m, p, type(e).__name__, e
