# Size changes during iteration are found; values may change; __eq__ that changes the dict.
d = {1: 1, 2: 2, 3: 3}
for make in (lambda: iter(d), lambda: d.iteritems(), lambda: d.itervalues(), lambda: iter(d.viewkeys())):
    it = make()
    it.next()
    d[len(d) + 10] = 0
    try:
        it.next()
    except RuntimeError as e:
        print e,
    try:
        it.next()
    except (RuntimeError, StopIteration) as e:
        print type(e).__name__
for k in d: d[k] = 'same size'
print d
class K(object):
    def __init__(self, d): self.d = d
    def __hash__(self): return 1
    def __eq__(self, other): self.d.clear(); return False
m = {}
m[K(m)] = 1
m[K(m)] = 2
print len(m) <= 2
class Bad(object):
    def __hash__(self): return 5
    def __eq__(self, o): raise ValueError('eq')
b = {Bad(): 1}
for text in ('b[Bad()]', 'Bad() in b', 'b.get(Bad())', 'b.pop(Bad())', 'b.setdefault(Bad(), 1)'):
    try:
        eval(text)
    except ValueError as e:
        print text, e
class H(object):
    def __hash__(self): raise KeyError('hash')
try:
    {}.get(H())
except KeyError as e:
    print 'raised', e
