# import in its forms, packages, __all__, relative imports, reload, sys.modules.
import pack, pack.sub
from pack import sub as s, value
from pack.sub import *
import pack.deep.leaf as leaf
print pack.__name__, pack.sub is s, value, public, leaf.where, leaf.up
try:
    _hidden
except NameError as e:
    print e
for text in ('import nothere', 'import pack.nothere', 'from pack import nothere', 'from nothere import x', 'import pack.value', 'from . import x', 'from pack.sub import zzz'):
    try:
        exec text
    except (ImportError, ValueError) as e:
        print text, '->', type(e).__name__, e
import sys
print 'pack.sub' in sys.modules, pack.__path__ == ['pack'] or len(pack.__path__), pack.__file__[-16:].replace('.pyc', '.py'), s.__package__
pack.value = 'changed'
reload(pack)
print pack.value
sys.modules['fake'] = 5
import fake
print fake
sys.modules['gone'] = None
try:
    import gone
except ImportError as e:
    print e
import broken
