"""Symbol tables as the symtable module shows them."""
import _symtable
import symtable

SOURCE = '''
import a
from b import *
def f(x, (y, z)=1, *a, **k):
    global q
    q = x
    def g():
        return x + w
    [i for i in x]
    return {j: 1 for j in y}, (lambda m: m + z)
class A(object):
    def m(self):
        return __p
    __v = 1
    q
'''


def show(table, depth=0):
    print '  ' * depth, table.name, table.type, table.lineno, table.nested, table.optimized, table.varnames,
    print sorted(table.symbols.items())
    for child in table.children:
        show(child, depth + 1)


show(_symtable.symtable(SOURCE, 'f', 'exec'))
top = symtable.symtable(SOURCE, 'f', 'exec')
print top, top.get_type(), top.has_import_star(), sorted(top.get_identifiers())
function = top.lookup('f').get_namespace()
print function.get_parameters(), function.get_locals(), function.get_globals(), function.get_frees()
print [(s.get_name(), s.is_local(), s.is_global(), s.is_free()) for s in function.get_symbols()]
print repr(_symtable.symtable('1', 'f', 'eval'))[:20]
for arguments in (('x', 'f', 'other'), ('x x', 'f', 'exec'), ('def f(a, a): 0', 'f', 'exec')):
    try:
        _symtable.symtable(*arguments)
    except (ValueError, SyntaxError) as error:
        print error.__class__.__name__, error
print sorted((k, v) for k, v in vars(_symtable).items() if isinstance(v, int))
