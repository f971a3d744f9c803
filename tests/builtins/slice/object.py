# slice objects: attributes, indices, comparing, repr, extended slices to user classes.
s = slice(1, 10, 2)
print s, s.start, s.stop, s.step, s.indices(5), slice(None).indices(3), slice(None, None, -1).indices(4), slice(-3, -1).indices(10), slice(5).indices(2), slice(1, 2) == slice(1, 2), slice(1) < slice(2), slice(10, 0, -3).indices(8), slice(-100, 100).indices(3)
class G(object):
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print 'set', k, v
    def __delitem__(self, k): print 'del', k
g = G()
print g[1:2], g[:], g[::], g[1:2:3], g[1:2, 3], g[..., 0], g[()], g[None:5], g[-1:'a']
g[1:2] = 5; g[::2] = 1; del g[:3]; del g[1, 2]
class Old2(object):
    def __getslice__(self, i, j): return 'slice', i, j
    def __getitem__(self, k): return 'item', k
    def __setslice__(self, i, j, v): print 'setslice', i, j, v
    def __delslice__(self, i, j): print 'delslice', i, j
    def __len__(self): return 10
o = Old2()
import sys
print o[1:2], o[:][2] == sys.maxint, o[-3:-1], o[::1], o[1:2L], o['a':'b'] if 0 else '', o[2:]
o[1:-1] = 'v'; del o[-2:3]
for text in ('hash(slice(1))', 'slice()', 'slice(1, 2, 3, 4)', 'slice(1, 2, 0).indices(5)', 'slice("a").indices(5)', 's.start = 5', 'slice(1).indices("x")', 'slice(1).indices()', 'class X(slice): pass'):
    try:
        exec text
    except Exception as e:
        print text, type(e).__name__, e
