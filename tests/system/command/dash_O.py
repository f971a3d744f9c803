# -O drops asserts and sets __debug__.
import sys
assert 0
print __debug__, sys.flags.optimize, f.__doc__ if 0 else ''
def f(): 'doc'
print f.__doc__
