# Values that are texts, and names of the environment.
import os


def show(f, *args):
    try:
        print f.__name__, args, '->', repr(f(*args))
    except Exception as e:
        print f.__name__, args, '->', type(e).__name__, e


for args in [(), ('CS_garbage',), ('CS_PATH',), (0,), (9999,), (1.5,), (None,), (-1,)]:
    show(os.confstr, *args)
print sorted(os.confstr_names.items())
for name in ('a=b', '', '=', '\xff', 'a\0'):
    show(os.unsetenv, name)
for args in [('a=b', 'c'), ('=x', 'c'), ('A_NAME', 'c')]:
    show(os.putenv, *args)
try:
    del os.environ['key=']
except OSError as e:
    print e
