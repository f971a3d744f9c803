# exc_info lasts until the function returns; sys.exc_clear.
import sys
def f():
    try:
        raise KeyError('in f')
    except KeyError:
        pass
    print sys.exc_info()[:2]
f()
print sys.exc_info()
try:
    raise ValueError('outer')
except ValueError:
    f()
    print sys.exc_info()[:2]
    sys.exc_clear()
    print sys.exc_info()
try:
    raise
except TypeError as e:
    print e
