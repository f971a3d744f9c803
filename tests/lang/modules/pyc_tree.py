# A tree of .pyc files that CPython 2.7.18 compiled, without their sources (those are in pyc_tree.source.d/).
import dis
import os
import sys
import traceback

for folder, folders, files in sorted(os.walk('.')):
    print folder, sorted(f for f in files if f != 'pyc_tree.py')
import alone
import shop
from shop import *
from shop.ledger import Old, fail, nested, run
print shop.__file__, shop.goods.fruit.__file__, shop.__doc__
print shop.LIMITS, ratio(1, 8)
books = Ledger([('in', 5), ('out', 0), ('out', 7)])
with books.transaction():
    books.rows.append(('in', 20))
with books.transaction():
    books.rows.append(('in', 1000))
    raise ValueError('no')
pairs = books.pairs()
print next(pairs), pairs.send(sys.stdout), list(pairs), sorted(books.by_kind().items())
print entry('a', 'b', tax=1)(lambda x: x * 2)(21)
print Old().anything(1, 2), run('answer = [n ** 2 for n in range(k)]', k=5)
values, function = nested(1, (2, 3), 4, 5)
print values, function(), function(10)
goods.show(goods.apple, hasattr(goods, 'hidden'), ('tuple', b'str'))
try:
    fail(2)
except LookupError:
    traceback.print_exc(file=sys.stdout)
code = fail.func_code
print code.co_filename, code.co_firstlineno, code.co_names, code.co_consts, repr(code.co_lnotab)
dis.dis(fail)
reload(shop.goods.fruit)
