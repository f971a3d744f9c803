# Too deep recursion is a RuntimeError that can be caught; afterwards all is well.
import sys
def deep(n): return 1 + deep(n + 1)
try:
    deep(0)
except RuntimeError as error:
    print error
old = sys.getrecursionlimit()
sys.setrecursionlimit(200)
depth = [0]
def count():
    depth[0] += 1
    count()
try:
    count()
except RuntimeError:
    print 150 < depth[0] < 201
sys.setrecursionlimit(old)
class R(object):
    def __getattr__(self, name): return getattr(self, name)
try:
    R().x
except RuntimeError as error:
    print str(error)[:32]
try:
    sys.setrecursionlimit(0)
except ValueError as error:
    print error
