# __name__, __file__, __doc__, __builtins__, dir of a module, deleting from it.
"""not the docstring: a comment came first is fine, this is"""
print __name__, __file__, __doc__, __package__
print sorted(k for k in globals())
import sys
print sys.modules['__main__'].__dict__ is globals(), __builtins__.__name__
x = 1
del sys.modules['__main__'].x
try:
    x
except NameError as e:
    print e
