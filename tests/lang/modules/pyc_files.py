# A module's .pyc: written, used, refused when stale, magic checked.
import os, sys, imp, marshal, struct
open('mod.py', 'w').write('value = 1\n')
import mod
data = open('mod.pyc', 'rb').read()
print os.path.exists('mod.pyc'), data[:4] == imp.get_magic(), struct.unpack('<I', data[4:8])[0] == int(os.stat('mod.py').st_mtime), imp.get_magic().encode('hex')
code = marshal.loads(data[8:])
print code.co_name, code.co_consts, code.co_names, code.co_filename
os.remove('mod.py')
del sys.modules['mod']
import mod
print mod.value, mod.__file__
for name, content in (('bad1', 'xxxx' + data[4:]), ('bad2', data[:20]), ('bad3', data[:8] + 'zzzz'), ('bad4', '')):
    open(name + '.pyc', 'wb').write(content)
    try:
        __import__(name)
    except (ImportError, EOFError, ValueError, TypeError) as e:
        print name, type(e).__name__, e
