# Lists that contain themselves; repr, compare, changing while iterating.
l = [1]
l.append(l)
print l, repr([l, l]), l[1] is l, l == l
d = {}
d['d'] = d
print d, [d]
t = ([],)
t[0].append(t)
print t
a, b = [], []
a.append(b); b.append(a)
try:
    a == b
except RuntimeError as e:
    print e
l = range(3)
for x in l:
    if len(l) < 8: l.append(x + 10)
print l
it = iter([1, 2])
print it.next(), it.__length_hint__(), list(it), list(it)
r = reversed([1, 2, 3]); print r.next(), list(r), list(reversed([]))
