# cPickle and pickle: protocols, shared objects, classes, reduce, persistent ids, errors.
import cPickle, pickle, copy_reg
class N(object):
    def __init__(self): self.a = 1
    def __eq__(self, o): return self.__dict__ == o.__dict__
class Old:
    def __init__(self): self.b = [2]
class R(object):
    def __reduce__(self): return (R2, (5,), {'state': 1}, iter('ab'), iter([('k', 'v')]))
class R2(list):
    def __init__(self, n): self.n = n
    def __setitem__(self, k, v): self.item = (k, v)
class S(object):
    __slots__ = ('x',)
class G(object):
    def __getstate__(self): return 'state'
    def __setstate__(self, s): self.got = s
values = [None, True, 0, -1, 255, 65536, 2 ** 31, 2 ** 63, -2 ** 200, 1.5, float('inf'), 'a\n\'\\', 'x' * 300, u'\xe9\u20ac\U0001f600\n\\', (), (1,), (1, 2, 3, 4), [], [1, [2]], {}, {'a': {1: 2}}, set([1]), frozenset([2]), 1j, len, int, N, range(3), xrange(2) and Ellipsis.__class__]
for v in values:
    for proto in (0, 1, 2):
        try:
            data = cPickle.dumps(v, proto)
            same = data == pickle.dumps(v, proto)
            print proto, repr(data[:60]), same or 'differs', pickle.loads(data) == v == cPickle.loads(data)
        except Exception as e:
            print proto, repr(v), type(e).__name__, e
for proto in 0, 1, 2:
    n = cPickle.loads(cPickle.dumps(N(), proto)); o = cPickle.loads(cPickle.dumps(Old(), proto)); r = cPickle.loads(cPickle.dumps(R(), proto)); g = cPickle.loads(cPickle.dumps(G(), proto))
    print n == N(), o.b, o.__class__.__name__, r.n, r[:], r.item, r.state, g.got
l = []; l.append(l); t = cPickle.loads(cPickle.dumps(l, 2)); print t[0] is t
s = ['shared'] ; a, b = cPickle.loads(cPickle.dumps((s, s))); print a is b
s = S(); s.x = 1
try:
    cPickle.dumps(s)
except TypeError as e:
    print e
print cPickle.loads(cPickle.dumps(s, 2)).x
for data in ('', 'x', 'I1\n', 'I1', 'S\'a\n.', '(.', 'cnope\nx\n.', 'c__main__\nnope\n.', '\x80\x09.', 'g0\n.', 'S\'a\'\np0\n.', 'l.', '(lp0\nI1\na.', 'R.', 'tR.', '}I1\ns.', 'Vab\n.', 'F1.5\n.', '\x80\x02K\x05.', 'L5L\n.', 'Iabc\n.', 'U\x05ab', 'ibad\n', 'd.', '0.', 'N.', '2.'):
    try:
        print repr(data), repr(cPickle.loads(data))
    except Exception as e:
        print repr(data), type(e).__name__, e
for v in (lambda: 0, object, (x for x in ()), type('Local', (), {}), __import__('sys')):
    try:
        print len(cPickle.dumps(v)) > 0
    except Exception as e:
        print type(e).__name__, str(e)[:40]
import StringIO
f = StringIO.StringIO(); p = cPickle.Pickler(f, 2); p.persistent_id = lambda o: 'pid' if o == 'ext' else None; p.dump(['ext', 1])
u = cPickle.Unpickler(StringIO.StringIO(f.getvalue())); u.persistent_load = lambda pid: 'loaded ' + pid; print u.load(), cPickle.format_version, cPickle.compatible_formats, cPickle.HIGHEST_PROTOCOL
