# exec of text, code and files, with and without namespaces.
exec 'a = 1'
print a
ns = {'b': 2}
exec 'c = b + 1' in ns
print ns['c'], '__builtins__' in ns
g, l = {'x': 1}, {}
exec 'y = x; x = 5' in g, l
print g['x'], sorted(l.items())
exec compile('print "code", a', '<here>', 'exec')
exec('z = 3', ns)
print ns['z']
def f():
    exec 'local = 7'
    return local
print f()
import StringIO
try:
    exec StringIO.StringIO('1')
except TypeError as error:
    print error
