# eval, compile, execfile, globals, locals, dir, vars.
print eval('1 + 2'), eval(' \t5'), eval('x + y', {'x': 1}, {'y': 2}), eval(compile('a', 's', 'eval'), {'a': 9}), eval(u'u"\\xe9"') == u'\xe9', eval('lambda: 5')(), eval('__import__("os").sep'), eval('[v for v in (1, 2)]')
exec compile('for i in range(2): print i', 's', 'exec')
exec compile('5 + 5', 's', 'single')
exec compile('None', 's', 'single')
class M(dict):
    def __missing__(self, k): return 'missing ' + k
print eval('foo', {}, M()), eval('foo', M(len=1)) if 0 else ''
class Locals(object):
    def __getitem__(self, k): return 'item ' + k
    def __setitem__(self, k, v): print 'store', k, v
exec 'a = b' in {}, Locals()
open('f.py', 'w').write('z = 5\nprint __name__, z\n')
execfile('f.py')
ns = {}
execfile('f.py', ns) if 0 else None
execfile('f.py', {'__name__': 'given'})
print z, dir()[0:1] != [], sorted(dir(M))[:3], dir(5)[:2], len(dir([])) > 40
def f(a, b=2):
    c = 3
    return sorted(locals().items()), 'f' in globals()
print f(1)
for text in ('eval("1 +")', 'eval("a = 1")', 'eval("")', 'eval("1\\n2")', 'eval(5)', 'eval("1", 5)', 'eval("1", {}, 5)', 'compile("1", "s", "bad")', 'compile(5, "s", "exec")', 'compile("a b", "s", "exec")', 'compile("1", "s", "eval", 5000)', 'execfile("nothere")', 'execfile(5)', 'compile("a\\0b", "s", "exec")', 'eval("a\\0")', 'exec_ = 5; exec exec_', 'exec 5', 'compile("x", "f")', 'eval(compile("yield 1", "s", "exec"))', 'compile("x = 1", "s", "single", 0x2000, 1) and 1', 'eval(lambda: 1)', 'exec (lambda x: (lambda: x))(1).func_code'):
    try:
        exec text
    except Exception as e:
        print text, '->', type(e).__name__, e
print compile('from __future__ import division\n1/2', 's', 'exec').co_flags, eval(compile('1/2', 's', 'eval', 0x2000)), repr(compile('1', 'fn', 'eval'))[:10]
