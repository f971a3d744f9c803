import copy, pickle, cPickle, sys, thread, threading, re, collections, itertools, weakref, struct, array, datetime, time, os, socket, select, io, StringIO, cStringIO, operator, functools, random, decimal, _sre
def gen(): yield 1
class Slots(object): __slots__ = ('a', 'b')
class S2(Slots): pass
class LI(list): pass
class II(int): pass
class F(file): pass
class Old: pass
def f(): pass
obs = [thread.allocate_lock(), gen(), open('/dev/null'), sys, f, f.func_code, Old().__init__ if 0 else Old, iter([]), iter({}), iter(()), iter('a'), iter(xrange(3)), {}.viewkeys(), memoryview('a'), buffer('ab'), collections.deque([1]), iter(collections.deque()), itertools.count(), itertools.chain([1]), itertools.cycle([1]), itertools.repeat(1), re.compile('a'), re.match('a','a'), re.finditer('a','a'), struct.Struct('i'), array.array('i',[1]), Slots(), S2(), LI([1]), II(3), F('/dev/null'), property(), staticmethod(f), classmethod(f), super(LI), enumerate([]), reversed([]), slice(1), Ellipsis, NotImplemented, None, type, int, object(), sys._getframe(), time.localtime(), os.stat('/'), io.BytesIO('a'), io.StringIO(u'a'), StringIO.StringIO('q'), cStringIO.StringIO(), cStringIO.StringIO('a'), operator.itemgetter(1), functools.partial(f), random.Random(1) and 1, select, weakref.ref(f), [].append, 'a'.join, str.join, (lambda: 1), xrange(3), bytearray('a'), set([1]), frozenset([1]), 1j, sys.exc_info, weakref.WeakKeyDictionary(), Exception(1), dict.fromkeys, LI.__dict__, type(f).__code__ if 0 else 3, csv if 0 else 4]
import csv, _csv
obs += [csv.reader([]), csv.writer(sys.stdout), _csv.Dialect]
for o in obs:
    r = [type(o).__name__]
    for n, fn in (('copy', copy.copy), ('deep', copy.deepcopy), ('p0', lambda o: pickle.dumps(o)), ('p2', lambda o: pickle.dumps(o, 2)), ('c0', lambda o: cPickle.dumps(o)), ('c2', lambda o: cPickle.dumps(o, 2)), ('rx0', lambda o: o.__reduce_ex__(0)), ('rx2', lambda o: o.__reduce_ex__(2)), ('r', lambda o: o.__reduce__())):
        try: v = fn(o); r.append(n + ' ok ' + type(v).__name__)
        except Exception, e: r.append('%s %s: %s' % (n, type(e).__name__, e))
    for x in r[1:]: print r[0], x
