# Syntax errors: message, line, offset, text.
sources = '''
a b
1 +
def f(:
if x
  y
print (
x = 
for in y: pass
class
return 1
yield 1
break
continue
def f(a, a): pass
def f(a=1, b): pass
f(a=1, 2)
f(a=1, a=2)
f(**k, *a)
1 = x
f() = 1
a + 1 = 2
None = 1
def None(): pass
lambda None: 1
import a.b as
from x import
from x import (a
from . import *
del f()
del 1
(a, 1) = 2
[a, f()] = x
x += y = 1
(x, y) += 1
for 1 in x: pass
with a as 1: pass
try: pass
else: pass
"abc
\'\'\'abc
0x
08
1e
1__
5a
$
a ? b
a $ b
@
@f
x = {1: 2, 3}
{1, 2: 3}
x if y
lambda: (yield)
exec
assert
raise a, b, c, d
global
global x, 
from __future__ import nope
from __future__ import braces
import a; from __future__ import division
print >>
print >> f,
(x for x in y, 1)
f(x for x in y, 1)
f(x for x in y, z for z in w)
[x for x in 1, 2 if 3]
(a for a in 1, 2)
u"\\N{nope}"
u"\\x1"
u"\\U12345678"
"\\x1"
b"\\x"
class C: return 1
def f(): return 1; yield 2
def f(): from x import *
def f(x): global x
def f():\\n from x import *\\n def g(): return y
def f():\\n exec "x"\\n def g(): return y
def f():\\n y = 1\\n exec "x"\\n return lambda: y
if 1:\\nx
if 1:\\n    x\\n  y
if 1:\\n\\tx\\n        y\\n  z
  x
x\\n  y
while 1:\\n    continue\\n  finally
try:\\n  pass\\nfinally:\\n  continue
while 1:\\n try:\\n  pass\\n finally:\\n  continue
a = 5 \\\\ b
[1, 2
(1, 2]
}
x = (1,\\n2
def f(\\na,\\n*b,\\n*c): pass
def f(**k, a): pass
def f(a.b): pass
f(a.b=1)
f((a)=1)
f(None=1)
a.None = 1
None += 1
x = None.y = 5
`a
import a as None
from a import b as None
def f(None=1): pass
try: x\\nexcept None, None: y
with x as None: pass
for None in x: pass
def f(*None): pass
class None: pass
not x = 1
-x = 1
x < y = 1
[i for i in x] = 1
{} = 1
{1:2} += 1
() = 1
() += 1
[] = 1
x() += 1
"s" = 1
1.5 = x
lambda: 1 = 2
(yield) = 1
a, b += 1
a if b else c = 1
`x` = 1
...
x[...] = 1; x[1...2]
print x y
exec "x" in
elif
else
\\x00
a\\x00b
\\xe9
x = "\\xe9"
if 1: pass; else: pass
def f(): pass def g(): pass
'''.strip('\n').split('\n')
for s in sources:
    s = s.replace('\\n', '\n').replace('\\t', '\t').replace('\\x00', '\0').replace('\\xe9', '\xe9').replace('\\\\', '\\')
    try:
        compile(s, 'file', 'exec')
        print repr(s), 'fine'
    except SyntaxError as e:
        print repr(s), type(e).__name__, e.msg, e.lineno, e.offset, repr(e.text)
    except (TypeError, ValueError) as e:
        print repr(s), type(e).__name__, e
