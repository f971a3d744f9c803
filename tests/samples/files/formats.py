# csv ConfigParser json pickle shelve anydbm dumbdbm marshal
import csv, ConfigParser, json, pickle, cPickle, shelve, anydbm, dumbdbm, marshal, StringIO, sys, os, whichdb, collections, decimal, datetime
w = csv.writer(sys.stdout); w.writerow(['a', 'b,c', 'd"e', 'f\ng', 5, 1.5, None, '']); w.writerows([[1], ['x y', '']]); csv.writer(sys.stdout, delimiter='\t', quoting=csv.QUOTE_ALL, lineterminator='|\n').writerow([1, 'a']); csv.writer(sys.stdout, quoting=csv.QUOTE_NONNUMERIC).writerow([1, 'a']); csv.writer(sys.stdout, quoting=csv.QUOTE_NONE, escapechar='\\').writerow(['a,b', 'c"'])
print list(csv.reader(['a,"b,c","d""e"', '', '"multi', 'line",x', ' sp , "q"'])), list(csv.reader(['a;b'], delimiter=';')), list(csv.reader(["'a,b',c"], quotechar="'")), list(csv.reader(['1,"2"'], quoting=csv.QUOTE_NONNUMERIC))
d = csv.DictReader(['n,v', 'a,1', 'b,2,3', 'c']); print list(d), d.fieldnames, d.line_num; dw = csv.DictWriter(sys.stdout, ['x', 'y'], restval='-', extrasaction='ignore'); dw.writeheader(); dw.writerow({'x': 1, 'z': 3})
try: csv.DictWriter(sys.stdout, ['x']).writerow({'q': 1})
except ValueError, e: print e
for f in (lambda: csv.reader(['"a'], strict=True).next(), lambda: csv.writer(sys.stdout, quoting=csv.QUOTE_NONE).writerow(['a,b']), lambda: csv.reader(5), lambda: csv.reader([], 'nodialect'), lambda: csv.reader(['a\0b']).next(), lambda: csv.writer(sys.stdout).writerow(5), lambda: csv.reader([], delimiter='ab'), lambda: csv.reader([5]).next()):
    try: print f()
    except Exception, e: print type(e).__name__, e
print csv.list_dialects(), csv.Sniffer().sniff('a;b;c\n1;2;3\n').delimiter, csv.Sniffer().has_header('name,n\na,1\nb,2\n'), csv.field_size_limit()
ini = '[s1]\nkey = val\nmulti = a\n  b\n; comment\nint: 5\nref = %(key)s!\n[s2]\nflag = yes\nfl = 1.5\n[DEFAULT]\ndef = d\n'
c = ConfigParser.ConfigParser(); c.readfp(StringIO.StringIO(ini)); print c.sections(), c.get('s1', 'ref'), c.getint('s1', 'int'), c.getboolean('s2', 'flag'), c.getfloat('s2', 'fl'), repr(c.get('s1', 'multi')), c.items('s2'), c.get('s1', 'ref', raw=True), c.has_option('s1', 'def'), c.options('s1'), c.defaults()
for f in (lambda: c.get('no', 'x'), lambda: c.get('s1', 'no'), lambda: c.getint('s1', 'key'), lambda: c.getboolean('s1', 'key'), lambda: c.add_section('s1'), lambda: ConfigParser.SafeConfigParser().readfp(StringIO.StringIO('x=1\n'), 'fn'), lambda: ConfigParser.RawConfigParser().readfp(StringIO.StringIO('[a]\nbad line\n')), lambda: c.get('s1', 'ref', vars={'key': '%(zz)s'})):
    try: print f()
    except Exception, e: print type(e).__name__, e
c.set('s1', 'new', 'v'); c.remove_option('s1', 'int'); c.remove_section('s2'); c.write(sys.stdout)
o = {'b': [1, 2.5, None, True, u'\xe9\u20ac"\\\n'], 'a': {'x': ()}, 'c': 'str'}
print json.dumps(o, sort_keys=True), json.dumps(o, sort_keys=True, indent=2), json.dumps([1, 2], separators=(',', ':')), json.dumps(u'\xe9', ensure_ascii=False).__repr__(), json.dumps({1: 2, None: 3, True: 4, 1.5: 5}, sort_keys=True), json.dumps([float('inf'), float('nan')])
print json.loads('{"a": [1, 2.0, "\\u00e9\\n", null, true, -1e5, 123456789012345678901]}'), json.loads('"x"'), json.loads(' [] '), json.loads('{"a":1,"a":2}', object_pairs_hook=list), json.loads('1.1', parse_float=decimal.Decimal), json.loads('[1]', object_hook=dict)
for s in ('', '{', '[1,]', '{"a" 1}', "{'a': 1}", 'nul', '"abc', '[1] x', '"\n"', '{"a": }', '01'):
    try: print json.loads(s)
    except ValueError, e: print repr(s), e
for x in (object(), set(), {(1, 2): 3}, '\xff', datetime.date(2000, 1, 1)):
    try: print json.dumps(x)
    except Exception, e: print type(e).__name__, str(e).split(' object at')[0]
class E(json.JSONEncoder):
    def default(self, x): return str(x) if isinstance(x, decimal.Decimal) else json.JSONEncoder.default(self, x)
print json.dumps({'d': decimal.Decimal('1.10')}, cls=E), list(E().iterencode([1, {'k': decimal.Decimal(2)}]))
class P(object):
    def __init__(self, x): self.x = x
    def __getstate__(self): return {'x': self.x, 'v': 1}
    def __setstate__(self, s): self.__dict__.update(s)
    def __eq__(self, o): return self.__dict__ == o.__dict__
class Old:
    def __init__(self, *a): self.a = a
    def __getinitargs__(self): return self.a
NT = collections.namedtuple('NT', 'p q')
for m in (pickle, cPickle):
    for pr in (0, 1, 2):
        q = m.loads(m.dumps([P(3), Old(1, 2), NT(1, [2]), 2 ** 70, u'\xe9', {1: set([2])}, decimal.Decimal('1.5'), datetime.datetime(2000, 1, 2, 3), len, P], pr)); print pr, q[0].x, q[0].v, q[1].a, q[2:8], q[8] is len, q[9] is P
r = []; r.append(r); print pickle.loads(pickle.dumps(r)), cPickle.loads(cPickle.dumps(r, 2))[0][0].__class__
for bad in ('', 'garbage', 'cos\nnope\n.', '(lp0\nI1\na', '\x80\x05.', 'I1'):
    for m in (pickle, cPickle):
        try: print m.loads(bad)
        except Exception, e: print m.__name__, type(e).__name__, e
for bad in (lambda: 1, sys.stdout):
    try: cPickle.dumps(bad)
    except Exception, e: print type(e).__name__, str(e).split(' at 0x')[0]
s = shelve.open('sh', writeback=True); s['k'] = [1]; s['k'].append(2); s['d'] = {'n': P(9)}; s.close(); s = shelve.open('sh'); print s['k'], s['d']['n'].x, sorted(s.keys()), s.has_key('q'), len(s); del s['k']; s.close()
db = dumbdbm.open('dd', 'c'); db['key'] = 'v1'; db['key'] = 'longer value'; db['b'] = '\0\xff'; print sorted(db.keys()), db['key'], len(db), 'b' in db, db.get('zz', 'def'); db.close(); print whichdb.whichdb('dd'), open('dd.dir').read()
for f in (lambda: dumbdbm.open('dd')['nope'], lambda: dumbdbm.open('dd').__setitem__(1, 'x')):
    try: f()
    except Exception, e: print type(e).__name__, e
print marshal.loads(marshal.dumps((1, 'a', u'b', [2.5, None], {3: 4j}, 2 ** 40, True))), marshal.dumps([1, 'x']).encode('hex')
for bad in ('', 'z', 'i\1'):
    try: print marshal.loads(bad)
    except Exception, e: print type(e).__name__, e
