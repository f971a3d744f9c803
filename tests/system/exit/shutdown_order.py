# At the end: exit functions in reverse, then modules are cleared, __del__ runs.
import atexit, sys
class D(object):
    def __init__(self, n): self.n = n
    def __del__(self): sys.__stdout__.write('del %s\n' % self.n) if sys and sys.__stdout__ else None
a = D('global')
_b = D('underscore')
def bye(n): print 'bye', n
atexit.register(bye, 1); atexit.register(bye, n=2)
def bad(): raise ValueError('in exit function')
atexit.register(bad)
print 'main done'
