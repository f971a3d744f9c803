# -OO drops docstrings too.
'module doc'
assert 0
def f(): 'doc'
print f.__doc__, __doc__, __debug__
