# with: protocol, order, several managers, suppression, __exit__ arguments.
class M(object):
    def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow
    def __enter__(self): print 'enter', self.name; return self.name
    def __exit__(self, kind, value, trace):
        print 'exit', self.name, kind and kind.__name__, value, trace is not None
        return self.swallow
with M('a') as a, M('b') as (b): print a, b
with M('s', True):
    raise KeyError('k')
try:
    with M('p'), M('q'):
        1 / 0
except ZeroDivisionError as error:
    print 'caught', error
def f():
    with M('r'): return 'value'
print f()
for i in range(2):
    with M(i): continue
class NoExit(object):
    def __enter__(self): pass
try:
    with NoExit(): pass
except AttributeError as error:
    print error
try:
    with 5: pass
except AttributeError as error:
    print error
