# Classes derived from exceptions: __init__, __str__, __unicode__, slots in tracebacks.
class E(Exception):
    def __init__(self, code): self.code = code
    def __str__(self): return 'code %s' % self.code
e = E(5)
print e, repr(e), e.args, e.code, isinstance(e, Exception)
class F(KeyError, AttributeError): pass
try:
    raise F('multi')
except AttributeError as f:
    print repr(f), f
class G(Exception):
    def __new__(cls, *args): return Exception.__new__(cls, 'new')
    def __init__(self, *args): pass
print repr(G('x')), unicode(Exception(u'\xe9')) == u'\xe9'
import warnings
warnings.simplefilter('ignore')
print Exception('m').message, repr(Exception('a', 'b').message)
