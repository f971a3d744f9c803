# Augmented assignment: in place where the type can, targets evaluated once.
a = b = [1]
a += [2]
print a is b, b
a = b = (1,)
a += (2,)
print a is b, b
class C(object):
    def __init__(self): self.log = []
    def __getitem__(self, k): self.log.append(('get', k)); return 10
    def __setitem__(self, k, v): self.log.append(('set', k, v))
    def __iadd__(self, o): return ('iadd', o)
c = C()
c[1] += 5
c[0:2] -= 3
print c.log
d = c
d += 1
print d
x = 5
x -= 2; x *= 7; x /= 2; x **= 2; x //= 3; x %= 20; x <<= 3; x |= 1; x ^= 7; x &= 62; x >>= 1
print x
t = ([],)
try:
    t[0] += [1]
except TypeError as error:
    print error, t
