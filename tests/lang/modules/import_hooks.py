# sys.meta_path and path_hooks: an importer in Python; imp; __import__ replaced.
import sys, imp, __builtin__
class Finder(object):
    def find_module(self, name, path=None):
        if name.startswith('virtual'):
            print 'find', name, path
            return self
    def load_module(self, name):
        m = sys.modules.setdefault(name, imp.new_module(name))
        m.__loader__ = self
        m.__path__ = ['somewhere']
        exec 'x = __name__' in m.__dict__
        return m
sys.meta_path.append(Finder())
import virtual.inner
print virtual.x, virtual.inner.x
m = imp.new_module('made')
print m, m.__name__, m.__doc__
old = __builtin__.__import__
def spy(name, *args):
    print 'import', name, len(args), args[2] if len(args) > 2 else None
    return old(name, *args)
__builtin__.__import__ = spy
import os.path
from string import digits
__builtin__.__import__ = old
print __import__('os.path').__name__, __import__('os.path', fromlist=['join']).__name__
