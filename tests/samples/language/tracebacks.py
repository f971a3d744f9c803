# tracebacks
import traceback, sys, linecache
def a(n):
    if n == 0: raise ValueError('bottom')
    a(n - 1)
def b():
    try: a(2)
    except ValueError:
        t, v, tb = sys.exc_info(); print traceback.extract_tb(tb); traceback.print_tb(tb, 2, sys.stdout); print traceback.format_exception_only(t, v), ''.join(traceback.format_exception(t, v, tb, 1))
        raise
try: b()
except ValueError: print traceback.format_exc()
try:
    try: 1 / 0
    except ZeroDivisionError: raise KeyError('second')
except KeyError: traceback.print_exc(file=sys.stdout); print sys.exc_info()[0], sys.exc_type, sys.exc_value
print sys.exc_info()
def f():
    try: raise IndexError('in f')
    except IndexError: g(); print sys.exc_info()[1]
def g():
    print 'g sees', sys.exc_info()[1]
    try: raise KeyError('in g')
    except KeyError: pass
    print 'g after', sys.exc_info()[1]
f(); print sys.exc_info()[1]
sys.exc_clear()
try: raise
except TypeError, e: print e
for src in ('1 +', 'def f(:', 'x = = 1', 'if 1:\nx', '  indented', 'print "abc', 'return 1', 'f(a=1, 2)', 'lambda: (yield)', '\tif 1:\n        x\n\ty', 'break', 'a b c', "u'\\u12'", 'x = (1,\n2', 'from __future__ import nope', 'None = 1', 'def f(a, a): pass', 'exec 1 in 2, 3, 4', '"""abc', 'import a.b as', '5 = x', 'f() = 1', 'x + 1 = 2', 'del f()', 'for 1 in x: pass', 'try: pass', 'with 1', '@x', 'class', 'global x, y z', 'assert', 'raise 1, 2, 3, 4', 'print >>', '`a', '$', '?', 'a\\b', '0777L', '08', '0x', '1e', '1__2', "'a' b 'c'"):
    try: compile(src, '<s>', 'exec'); print repr(src), 'ok'
    except SyntaxError, e: print repr(src), type(e).__name__, e.msg, e.lineno, e.offset, repr(e.text)
try: eval('1 +\n2 x')
except SyntaxError: traceback.print_exc(file=sys.stdout)
try: exec 'def q():\n  return undefined\nq()'
except NameError: traceback.print_exc(file=sys.stdout)
try: exec compile('raise RuntimeError("msg\\nmulti")', 'file.py', 'exec')
except RuntimeError: traceback.print_exc(file=sys.stdout)
class E(Exception):
    def __str__(self): raise ValueError
class U(Exception):
    def __str__(self): return u'\xe9'
for e in (E(), U(), Exception(u'\xe9'), Exception('a', 1), Exception(), KeyError('k'), KeyError(''), UnicodeDecodeError('ascii', 'ab\xff', 2, 3, 'bad'), OSError(2, 'msg', 'file'), IOError('x'), SyntaxError('m', ('f', 1, 2, 'text')), StopIteration(), SystemExit(3), AssertionError(), EnvironmentError(1, 2, 3)):
    print traceback.format_exception_only(type(e), e), repr(e), e.args, repr(e.message)
for t, v in ((None, None), (ValueError, None), (ValueError, 'v'), (5, 6)):
    try: print traceback.format_exception_only(t, v)
    except Exception, e: print type(e).__name__, e
traceback.print_stack(file=sys.stdout); print traceback.extract_stack()[-1][2], traceback.format_list([('f', 1, 'n', 'line'), ('g', 2, 'm', None)]), traceback.tb_lineno.__name__
def deep(n): return deep(n - 1) if n else 1 / 0
try: deep(3)
except: tb = sys.exc_info()[2]
n = 0
while tb: n += 1; last = tb; tb = tb.tb_next
print n, last.tb_lineno, last.tb_frame.f_code.co_name, last.tb_lasti >= 0, last.tb_frame.f_locals
sys.last_traceback = None
def h():
    try: 1 / 0
    finally: print 'finally'
try: h()
except ZeroDivisionError, e: print e
def ff():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: return 'r%d' % i
        finally: print 'fin', i
print ff()
def fr():
    try: raise ValueError
    finally: return 'swallowed'
print fr()
try:
    raise ValueError, 'old style', None
except ValueError, e: print e
try: raise (KeyError, 5), 'tuple'
except KeyError, e: print e
class O: pass
try: raise O
except O, e: print e.__class__
for x in ('s', 5, None, object(), [ValueError]):
    try: raise x
    except TypeError, e: print e
def nested():
    try:
        try: 1 / 0
        except ZeroDivisionError as e: raise ValueError('v')
        finally: print 'inner fin'
    except ValueError: print 'outer', sys.exc_info()[0].__name__; raise
nested()
