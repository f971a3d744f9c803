# Programs that replace sys.stdout and sys.stderr.
import sys
class Out(object):
    def __init__(self): self.data = []
    def write(self, s): self.data.append(s)
old = sys.stdout
sys.stdout = o = Out()
print 'captured', 5
print u'\xe9'.encode('utf-8'),
sys.stdout = old
print o.data
del sys.stdout
try:
    print 'lost'
except RuntimeError as e:
    sys.stdout = old
    print e
sys.stderr = o2 = Out()
import warnings
warnings.warn('careful')
sys.stderr = sys.__stderr__
print o2.data[0].split(': ', 1)[1] if o2.data else o2.data
