# Private names in methods, nested classes, attributes, globals, imports and keyword names.
class _Under(object):
    __x = 1
    def f(self, __arg=5): return self.__x, __arg, self.__dunder__
    __dunder__ = 2
    class __Inner(object):
        __y = 3
print _Under().f(), sorted(k for k in vars(_Under) if 'x' in k or 'Inner' in k), vars(_Under._Under__Inner).get('_Inner__y')
print _Under.f.func_code.co_varnames, _Under().f(_Under__arg=6)
class C:
    def g(self):
        global __glob
        __glob = 1
        self.__set = 2
        return sorted(self.__dict__), sorted(k for k in globals() if 'glob' in k and k.startswith('_C'))
print C().g()
