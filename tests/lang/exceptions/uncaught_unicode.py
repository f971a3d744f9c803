# An uncaught exception whose text cannot be encoded.
class E(Exception):
    def __str__(self): raise KeyError('in str')
print 'x'
raise E('y')
