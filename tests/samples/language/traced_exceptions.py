import sys
def tr(f, e, a):
    if e == 'exception': print f.f_code.co_name, a[0].__name__, type(a[1]).__name__, repr(a[1])
    return tr
class O:
    def __getattr__(self, n): raise AttributeError(n)
class My(Exception):
    def __init__(self, a, b): self.x = a
def run(src):
    def f():
        exec src in {'O': O, 'My': My, 'sys': sys}
    sys.settrace(tr)
    try: f()
    except: pass
    sys.settrace(None)
for s in ('1/0', '{}["k"]', '[][1]', 'int("x")', 'undefined', 'None.x', 'raise ValueError("v")', 'raise ValueError', 'raise ValueError, "two"', 'raise ValueError, ("a", "b")', 'raise ValueError, None', 'open("/nonexistent")', 'import nope', 'O().x', 'raise My(1, 2)', 'raise My, (1, 2)', 'raise My, 1', 'len(5)', '(lambda: 0)(1)', 'iter([]).next()', 'for x in []: pass', 'u"\\xe9".encode("ascii")', '"\\xff".decode("utf8")', 'compile("x=", "f", "exec")', 'eval("1 +")', 'assert 0', 'assert 0, "msg"', 'assert 0, (1, 2)', '1 + "a"', '"%d" % "x"', 'sys.exit(3)', 'sys.exit()', 'sys.exit((1,2))', 'a, b = 1', 'a, b = 1, 2, 3', 'raise KeyError({})', '{}[(1,2)]', '{}[None]', 'set().remove((1,))', 'set().pop()', '[].remove(1)', 'import os; os.listdir("/nonexistent")', 'import struct; struct.pack("i", "x")', 'import re; re.compile("(")', 'chr(300)', 'unichr(-1)', 'float("x")', '2 ** -1 / 0', 'getattr(1, "x")', 'import math; math.sqrt(-1)', '[].index(1)', 'dict([1])', 'max([])', 'raise "x"', 'next(iter([]))', '(x for x in []).next()', 'range(1, 2, 0)', 'object().foo', 'class A(int, str): pass', 'from os import nope', 'exec "x = ="', '"abc".index("z")', 'sorted([1, 1j])', 'hash([])', 'int(1e400)', 'raise StopIteration', 'del undefined', 'def f(): print x; x = 1\nf()', 'isinstance(1, 2)', 'import json; json.loads("{")', 'import decimal; decimal.Decimal(1)/0'):
    print '>', s; run(s)
