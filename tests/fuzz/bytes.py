# struct, array, binascii, zlib, codecs, json, csv, hashes, dates and text methods on random bytes.
import _codecs, _csv, _io, _json, array, binascii, codecs, collections, cStringIO, datetime, encodings.aliases, json, os
import string, struct, time, unicodedata, zlib
from fuzzlib import INTERESTING, mutate, note, run

CODECS = sorted(set(encodings.aliases.aliases.values()) - set(['mbcs', 'bz2_codec'])) + \
    ['idna', 'punycode', 'unicode_internal', 'utf_8_sig', 'utf_7', 'utf_32', 'utf_16', 'unicode_escape', 'raw_unicode_escape', 'string_escape']
ERRORS = ['strict', 'ignore', 'replace', 'xmlcharrefreplace', 'backslashreplace', 'hostile', 'nonsense']

class State(object):
    rng = None

def hostile(e):
    rng = State.rng
    how = rng.randrange(9)
    if how == 0: raise e
    if how == 1: return u'?', e.end
    if how == 2: return u'', rng.choice((-1, 0, -100, 1 << 40, e.start, e.end + 1))
    if how == 3: return None
    if how == 4: return 5, 'a'
    if how == 5: return u'\U0010ffff' * rng.choice((1, 100)), e.end
    if how == 6: e.start, e.end = rng.choice((-5, 0, 1 << 40)), rng.choice((-1, 3, 1 << 62)); return u'x', e.end
    if how == 7: e.object = rng.choice(('', u'', 'abc', u'abc' * 9)); return u'', 1
    return u'\ud800', e.end
codecs.register_error('hostile', hostile)

def data(rng, n=40):
    how = rng.randrange(4)
    if how == 0: return ''.join(chr(rng.choice(INTERESTING)) for _ in xrange(rng.randrange(n)))
    if how == 1: return ''.join(chr(rng.randrange(256)) for _ in xrange(rng.randrange(n)))
    if how == 2: return mutate(rng, rng.choice(('=?abc+AGE-\\u1234\\U0010ffff\\x41\\N{SPACE}', '\x1b$B!!\x1b(B', '{"a": [1, 2.5e3, null, "\\ud834\\udd1e"]}',
                                                'begin 666 f\n#86)C\n \nend\n', 'a,"b""c",d\r\n', '\x81\x30\x81\x30\xa1\xa1', '~{!!~}~\n')))
    return ''.join(rng.choice('0123456789abcdefxLlqQ-+.,:;{}[]()<>!@#$%^&*=~ \n\r\t\\"\'ES\xc3\xa9') for _ in xrange(rng.randrange(n)))

def text(rng):
    return u''.join(unichr(rng.choice((0, 65, 97, 127, 128, 255, 256, 0x7ff, 0x800, 0xd800, 0xdc00, 0xdfff, 0xffff, 0x10000, 0x10ffff, 0x3042, 0xac00,
                    0x130, 0x1e9e, 0xfb01, rng.randrange(0x110000)))) for _ in xrange(rng.randrange(30)))

def number(rng):
    return rng.choice((0, 1, -1, 2, 3, 5, 10, 100, 255, 256, 65535, 1 << 31, (1 << 31) - 1, -(1 << 31), 1 << 32, (1 << 63) - 1, -(1 << 63), 1 << 63, 1 << 64, 1 << 100))

def value(rng):
    how = rng.randrange(7)
    if how < 2: return number(rng)
    if how == 2: return data(rng)
    if how == 3: return text(rng)
    if how == 4: return rng.choice((0.0, -0.0, 1e308, -1e-320, float('inf'), float('nan'), 1.5, 3.4e38, 3.5e38))
    return rng.choice((None, True, (), [], {}, 'a', u'b', bytearray('ab'), buffer('abc'), memoryview('ab'), array.array('i', [1, 2])))

def do_struct(rng):
    fmt = ''.join(rng.choice('@=<>!xcbB?hHiIlLqQfdspP0123456789 ') for _ in xrange(rng.randrange(8)))
    note(repr(fmt))
    s = struct.Struct(fmt)
    args = [value(rng) for _ in xrange(rng.choice((0, 1, 2, 3, len(fmt))))]
    try: s.pack(*args)
    except (struct.error, TypeError, OverflowError, MemoryError, DeprecationWarning): pass
    if s.size < 1 << 20:
        s.unpack_from(data(rng, s.size * 2 + 2), rng.choice((0, 1, -1, 1 << 62, -(1 << 62))))
        try: s.pack_into(bytearray(s.size + 2), rng.choice((0, -1, 3, 1 << 62)), *args)
        except struct.error: pass
        s.unpack(data(rng, s.size + 1).ljust(s.size))

def do_array(rng):
    a = array.array(rng.choice('cbBuhHiIlLfd'))
    for _ in xrange(rng.randrange(1, 12)):
        name = rng.choice(('append', 'extend', 'fromstring', 'fromlist', 'insert', 'pop', 'remove', 'index', 'count', 'reverse', 'byteswap', 'tolist', 'tostring',
                           'buffer_info', 'fromunicode', 'tounicode', '__setslice__', '__delslice__', '__setitem__', '__delitem__', '__imul__', '__iadd__', '__mul__',
                           '__getitem__', 'fromfile', 'read', 'tofile', '__reduce__'))
        args = [rng.choice((a, [1, 2], slice(rng.choice((None, 0, 5)), rng.choice((None, 1, -1)), rng.choice((None, -1, 2, 0))), rng.randrange(-3, 10), value(rng)))
                for _ in xrange(rng.randrange(4))]
        note('%s %r' % (name, args))
        if name in ('__imul__', '__mul__') and len(a) > 100: continue
        try: getattr(a, name)(*args)
        except (TypeError, ValueError, IndexError, OverflowError, AttributeError, MemoryError, EOFError): pass

def do_binascii(rng):
    name = rng.choice([n for n in dir(binascii) if not n.startswith('_') and n[0].islower()])
    d = data(rng, 100)
    note('%s %r' % (name, d))
    getattr(binascii, name)(*([d] + ([rng.choice((0, 1, None, 5))] if rng.random() < .3 else [])))

def do_zlib(rng):
    d = data(rng, 200) * rng.choice((1, 1, 30))
    c = zlib.compressobj(rng.choice((-1, 0, 1, 9, 6)), zlib.DEFLATED, rng.choice((15, -15, 31, 9, -9, 8, 47, 0)), rng.choice((1, 8, 9)), rng.choice((0, 1, 2, 3, 4)))
    z = c.compress(d) + c.flush(rng.choice((2, 3, 4, 4, 4, 0, 1, 5, 9)))
    if rng.random() < .2: c2 = c.copy(); c2.flush()
    z = mutate(rng, z) if rng.random() < .7 else z
    note(repr(z))
    o = zlib.decompressobj(rng.choice((15, -15, 31, 47, 8, -8)))
    for _ in xrange(5):
        try:
            o.decompress(z[:50] if rng.random() < .5 else z, rng.choice((0, 1, 10, 1 << 20)))
            z = o.unconsumed_tail or z[50:]
            if rng.random() < .2: o = o.copy()
            if rng.random() < .2: o.flush(rng.choice((1, 100, -1, 0)))
        except (zlib.error, ValueError): pass
    zlib.decompress(z, rng.choice((15, -15, 47)), rng.choice((0, 1, 100)))

def do_codec(rng):
    name, errors = rng.choice(CODECS), rng.choice(ERRORS)
    d, u = data(rng, 80), text(rng)
    note(repr((name, errors, d, u)))
    info = codecs.lookup(name)
    for f, arg in ((info.decode, d), (info.encode, u), (info.encode, d), (info.decode, u)):
        try: f(arg, errors)
        except (ValueError, TypeError, LookupError, AssertionError, IndexError, binascii.Error, AttributeError, zlib.error, OverflowError): pass
    try:
        if info.incrementaldecoder:
            i = info.incrementaldecoder(errors)
            for ch in d:
                i.decode(ch)
            i.decode('', True)
            if rng.random() < .3: i.setstate((d, number(rng)))
            i.reset()
    except (ValueError, TypeError, AssertionError, AttributeError, OverflowError, zlib.error): pass
    try:
        if info.incrementalencoder:
            i = info.incrementalencoder(errors)
            for ch in u:
                i.encode(ch)
            i.encode(u'', True)
            i.reset()
        r = info.streamreader(cStringIO.StringIO(d), errors)
        r.readline(), r.read(3), r.readlines(), r.reset()
        w = info.streamwriter(cStringIO.StringIO(), errors)
        w.write(u), w.writelines([u, u]), w.reset()
    except (ValueError, TypeError, AssertionError, AttributeError, OverflowError, zlib.error): pass
    f = getattr(_codecs, rng.choice([n for n in dir(_codecs) if n.endswith(('code', 'encode', 'decode'))]))
    args = [rng.choice((d, u, buffer(d))), errors, rng.choice(({}, {65: None, 66: u'x' * 50, 67: 5}, u'abc' * 90, None, 1, 'x'))]
    note('%r %r' % (f, args))
    f(*args[:rng.randrange(1, 4)])

def do_json(rng):
    d = data(rng, 120)
    note(repr(d))
    for f in (json.loads, lambda s: _json.scanstring(s, rng.choice((0, 1, -1, 1000)), rng.choice((None, 'utf-8', 'utf-16')), rng.random() < .5), _json.encode_basestring_ascii):
        try: f(d)
        except (ValueError, TypeError, LookupError, UnicodeError, OverflowError): pass
    json.dumps([value(rng), {data(rng): value(rng)}], ensure_ascii=rng.random() < .5, indent=rng.choice((None, 1)), sort_keys=True)

def do_csv(rng):
    d = data(rng, 100)
    note(repr(d))
    kw = dict((k, rng.choice((',', '"', None, '', 'ab', 1, 0, 3, True, u';', '\n'))) for k in rng.sample(
        ('delimiter', 'quotechar', 'escapechar', 'doublequote', 'skipinitialspace', 'lineterminator', 'quoting', 'strict'), rng.randrange(4)))
    list(_csv.reader(d.splitlines(rng.random() < .5) + [value(rng)] * (rng.random() < .1), **kw))
    _csv.writer(cStringIO.StringIO(), **kw).writerows([[value(rng) for _ in xrange(3)] for _ in xrange(3)])

NAMES = sorted(set(n for t in (str, unicode, bytearray) for n in dir(t)) - set(['__class__', '__new__', '__init__', '__reduce__', '__reduce_ex__', '__mul__', '__rmul__', '__imul__']))
def do_methods(rng):
    s = rng.choice((data(rng), text(rng), bytearray(data(rng))))
    name = rng.choice(NAMES)
    args = [rng.choice((data(rng, 4), text(rng)[:3], number(rng), None, value(rng), s)) for _ in xrange(rng.randrange(5))]
    note('%r.%s%r' % (s, name, tuple(args)))
    if name in ('zfill', 'ljust', 'rjust', 'center', 'expandtabs'):
        args = [a if not isinstance(a, (int, long)) or abs(a) < 5000 else 50 for a in args]
    getattr(s, name)(*args)

def do_format(rng):
    f = ''.join(rng.choice(('%', '{', '}', '{}', '{0}', '{0[0]}', '{a.b}', '%(a)s', '%s', '%r', '%d', '%c', '%x', '%#o', '%e', '%.3g', '%*d', '%.*f', '%-5s', '%+d', '% d', '%05d',
                            '!r', ':', '<', '>', '^', '=', '5', '.2', '1' * 12, 'n', ',', '#', 'a', u'\u20ac', '%u', '%i', '%%', 'l', '%hd', '%.0f', '{0:{1}}', '{!s:>10}')) for _ in xrange(rng.randrange(1, 7)))
    args = tuple(value(rng) for _ in xrange(rng.randrange(4)))
    note('%r %r' % (f, args))
    for g in (lambda: f % args, lambda: f % {'a': args}, lambda: f.format(*args, a=args), lambda: format(args[0], f), lambda: list(f._formatter_parser()), lambda: f._formatter_field_name_split()):
        try: g()
        except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError, UnicodeError, MemoryError): pass

def do_numbers(rng):
    d = data(rng, 30)
    note(repr(d))
    for f in (int, long, float, complex, lambda s: int(s, rng.choice((0, 2, 7, 16, 36, 37, 1, -1))), lambda s: int(text(rng), 10), float.fromhex, lambda s: float(text(rng))):
        try: f(d)
        except (ValueError, OverflowError, TypeError): pass
    a, b = value(rng), value(rng)
    note('%r %r' % (a, b))
    for op in ('a+b', 'a-b', 'a*b if not isinstance(a, (int, long)) or not isinstance(b, (str, unicode)) else 0', 'a/b', 'a//b', 'a%b', 'divmod(a,b)', 'a&b', 'a^b', 'a|b', 'a<b', 'a==b', 'cmp(a,b)', 'hash(a)', 'coerce(a,b)',
               'round(a, b)', 'a >> b', 'pow(a, 3, b)', 'pow(a, b, 7)', '-a', '~a', 'abs(a)', 'hex(a)', 'a.bit_length()', 'a.hex()', 'a.as_integer_ratio()', 'a.__format__(".3e")', 'unicodedata.name(unichr(a))'):
        if '*' in op and (isinstance(a, (int, long)) and abs(a) > 1000 or isinstance(b, (int, long)) and abs(b) > 1000) and not (isinstance(a, (int, long, float)) and isinstance(b, (int, long, float))): continue
        try: eval(op)
        except (TypeError, ValueError, OverflowError, ZeroDivisionError, AttributeError, MemoryError): pass

def do_dates(rng):
    cls = rng.choice((datetime.datetime, datetime.date, datetime.time, datetime.timedelta))
    args = [rng.choice((1, 2, 12, 59, 9999, 2000, number(rng), data(rng, 12))) for _ in xrange(rng.randrange(1, 9))]
    note('%r %r' % (cls, args))
    try:
        x = cls(*args)
        for g in (lambda: repr(x), lambda: x.strftime(data(rng)), lambda: x.replace(*args), lambda: x.__reduce__(), lambda: x - x, lambda: x + datetime.timedelta(number(rng)), lambda: hash(x)):
            try: g()
            except (TypeError, ValueError, OverflowError, AttributeError): pass
    except (TypeError, ValueError, OverflowError): pass
    time.strftime(data(rng).replace('\0', ''), tuple(rng.choice((0, 1, 5, 2000, number(rng))) for _ in xrange(9)))

def do_unicodedata(rng):
    u = text(rng)
    note(repr(u))
    for form in ('NFC', 'NFD', 'NFKC', 'NFKD', 'X'):
        try: unicodedata.normalize(form, u)
        except ValueError: pass
    for name in ('name', 'decimal', 'digit', 'numeric', 'category', 'bidirectional', 'combining', 'mirrored', 'decomposition', 'east_asian_width'):
        try: getattr(unicodedata, name)(u[:1] or u'a'), getattr(unicodedata.ucd_3_2_0, name)(u[:1] or u'a')
        except ValueError: pass
    unicodedata.lookup(data(rng))

def do_io(rng):
    b = _io.BytesIO(data(rng, 200))
    t = _io.TextIOWrapper(rng.choice((_io.BufferedReader, _io.BufferedRandom))(b, rng.choice((1, 2, 8, 100))), rng.choice(('utf-8', 'utf-16', 'latin-1', 'utf-7', 'shift_jis', 'ascii')), rng.choice(('ignore', 'strict', 'replace', 'hostile')),
                          rng.choice((None, '', '\n', '\r', '\r\n')))
    for _ in xrange(8):
        name = rng.choice(('read', 'readline', 'seek', 'tell', 'truncate', 'write', 'flush', 'readlines', 'detach', 'close', 'next', '__init__', 'writelines'))
        o = rng.choice((t, t, t, b, _io.StringIO(text(rng), rng.choice((None, '', '\n', '\r\n')))))
        args = [rng.choice((0, 1, 2, 5, -1, u'abc\r\n', 'abc', None, number(rng), b)) for _ in xrange(rng.randrange(3))]
        note('%r.%s%r' % (o, name, args))
        if name == 'truncate' or name == 'seek' and o is not t: args = [a if not isinstance(a, (int, long)) or a < 100000 else 9 for a in args]
        try: getattr(o, name)(*args)
        except (ValueError, TypeError, IOError, StopIteration, AttributeError, OverflowError, LookupError, MemoryError, EOFError): pass

DO = [v for k, v in sorted(globals().items()) if k.startswith('do_')]
def case(rng, n):
    State.rng = rng
    do = rng.choice(DO)
    note(do.__name__)
    do(rng)

run(case)
