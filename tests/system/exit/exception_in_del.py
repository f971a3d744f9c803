# An exception in __del__ is told and ignored.
class D(object):
    def __del__(self): raise ValueError('in del')
d = D()
del d
print 'goes on'
