"""What compile() says about small programs, right and wrong; one a line, \\n for a new line."""
import warnings


def warned(message, category, filename, lineno, *rest):
    print '    %s:%s: %s: %s' % (filename, lineno, category.__name__, message)


warnings.showwarning = warned
warnings.simplefilter('always')

PROGRAMS = r'''
None=1
__debug__=1
None.x=1
x.None=1
x.None
def None(): pass
class None: pass
def f(None): pass
def f(*None): pass
def f(**None): pass
import None
import x as None
from x import None
from x import y as None
import None.x
f(None=1)
f(__debug__=1)
for None in x: pass
with x as None: pass
try: pass\nexcept x, None: pass
global None
def f(): global None
del None
None += 1
__debug__ += 1
()=1
[]=1
()+=1
(a,b)+=1
[a]+=1
f()=1
f()+=1
1=2
1+=2
a+b=1
(yield)=1
def f(): (yield)=1
def f(): (yield)+=1
def f(): x = yield = 1
(x for x in y)=1
(x for x in y)+=1
[x for x in y]=1
{x for x in y}=1
{x:x for x in y}=1
{}=1
{1}=1
'a'=1
a<b=1
`a`=1
a if b else c = 1
lambda: 1 = 2
(lambda: 1) = 2
a and b = 1
not a = 1
-a=1
del f()
del ()
del []
del (a,)
del a+1
del (a for a in b)
del 1
f(a=1,a=2)
f(1=2)
f(a.b=2)
f((a)=2)
f(lambda x: x = 1)
f(a=1, 2)
f(*a, 2)
f(*a, b=2)
f(**a, b=2)
f(*a, *b)
f(x for x in y, 1)
f(1, x for x in y)
f(x for x in y)
f(a=x for x in y)
class A(x for x in y): pass
def f(a=1, b): pass
def f((a)=1): pass
def f((a,b)=1, (c)): pass
def f((a)): pass
def f((None)): pass
def f((a,(b,c))): pass
def f(((a))): pass
def f(()): pass
def f((a,None)): pass
def f(*a, b): pass
def f(a, a): pass
def f((a,b), a): pass
lambda None: 1
lambda a=1, b: 1
from x import a,
from x import (a,)
from x import *
def f(): from x import *
from . import *
from .. import a
from ....a.b import c as d
return
yield
break
continue
class A: return
def f():\n return 1\n yield 2
def f():\n yield 2\n return 1
def f():\n yield 2\n return
def f():\n try:\n  continue\n finally: pass
while 1:\n try:\n  pass\n finally:\n  continue
while 1:\n try:\n  continue\n finally:\n  pass
try: pass\nexcept: pass\nexcept a: pass
try: pass\nexcept f(): pass
try: pass\nexcept a, f(): pass
print >>f, 
print >>
exec a in b, c, d
exec a, b
exec (a,b)
exec (a,b,c,d)
raise a,b,c
@a.b.c(1)\ndef f(): pass
@None\ndef f(): pass
@f(x for x in y)\nclass A: pass
from __future__ import braces
from __future__ import nope
x\nfrom __future__ import division
from __future__ import *
def f():\n from __future__ import division
'doc'\nfrom __future__ import division
'doc'\n'b'\nfrom __future__ import division
from __future__ import division; from __future__ import print_function
[x for None in y]
[x for f() in y]
{None:1 for x in y}
{a for 1 in y}
def f():\n x=1\n global x
def f(x):\n global x
def f():\n print x\n global x
def f():\n global x\n global x
x=1\nglobal x
def f():\n exec 'a'\n def g(): return z
def f():\n exec 'a' in b\n def g(): return z
def f():\n from x import *\n def g(): return z
def f():\n from x import *\n exec 'a'\n def g(): return z
def f(a):\n def g():\n  exec 'x'\n  return a
def f(a):\n def g():\n  from x import *\n  return a
def f(a):\n exec 'x'\n (lambda: a)
class A:\n exec 'x'\n def g(): return z
def f():\n class A:\n  from x import *
"\\N{foo}"
u"\\N{foo}"
u"\\xz"
"\\xz"
"\\x"
u"\\U12345678"
b'\\xz1'
"a" u"\\xz"
u"a" "\\xz"
assert (a,b)
assert a, b, c
with a as f(): pass
with a as (b,c), d: pass
with a, b as 1: pass
for f() in x: pass
for (x for y in z) in x: pass
x = *a
f(**a, *b)
a = b = c = None = 1
def f(a, (b, a)): pass
lambda a,a:1
x[None]=1
None[1]=1
x[1:2, ...]
x[...]=1
x[:,]
x[1:2:3]
x[::]
x[a,]
1 = x = 2
a, b += 1
(a) = 1
(a) += 1
(a.b) += 1
a = yield
class A(): pass
class A(B,C,): pass
class A(*B): pass
f(a,)
f(*a,)
def f():\n yield 2\n return None
while 1:\n with a:\n  continue
while 1:\n try:\n  1\n finally:\n  while 1: continue
while 1:\n try:\n  1\n finally:\n  break
try: pass\nexcept a as None: pass
def f():\n print x\n x=1\n global x
print x\nglobal x
global x\nx=1
class A:\n x=1\n global x
def f():\n exec ('a', b)\n def g(): return z
def f():\n exec ('a', b, c)\n def g(): return z
def f(a):\n def g():\n  from x import *\n  exec 'a'\n  return a
def f(a):\n exec 'x'\n (q for x in a)
def f():\n class A:\n  exec 'x'\n  def g(): return z
def f():\n class A:\n  from x import *\n  def g(): return z
def f(x, (x,y)): pass
lambda (a,b),a:1
def f(a, *a): pass
def f(a, **a): pass
[(yield) for x in y]
def f(): [(yield) for x in y]
(x for x in (yield))
def f(): lambda: (yield)
def f(): return (yield)
lambda: (yield)
class A: yield 1
[return]
def f():\n if 0: yield\n return 1
def f():\n global __debug__\n x.__debug__
__debug__
def __debug__(): pass
x.__debug__=1
def f(a=(yield)): pass
def f():\n def g(a=(yield)): pass
if 1: break
for x in y: pass\nelse: break
for x in y: pass\nelse: continue
while 1:\n def f(): break
while 1:\n class A: continue
try: break\nexcept: pass
a: 1
from __future__ import nested_scopes, generators, division, absolute_import, with_statement, print_function, unicode_literals
from __future__ import (division as x)
from __future__ import division; from __future__ import bar
assert (1,)
assert ()
print >>a
"a"; from __future__ import division
exec (1,)
exec ()
def f(*args, **args): pass
def f((a,(b,a))): pass
(a for b in c for a in d for e in (yield))
def f():\n import x.*
import a.b as c, d.e
'''

for line in PROGRAMS.strip('\n').split('\n'):
    print line
    try:
        compile(line.replace('\\n', '\n'), '<here>', 'exec')
    except (SyntaxError, ValueError) as error:
        print '    %s %r %s' % (error.__class__.__name__, error.args, getattr(error, 'lineno', ''))
