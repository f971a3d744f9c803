# What setting and deleting says for every attribute of many built-in objects: a checksum for each
# object. Started with an object's name, it prints the answers themselves.
import sys, os, re, zlib, warnings
warnings.simplefilter('ignore')
only = sys.argv[1] if len(sys.argv) > 1 else None
HIDDEN = set('__class__ __subclasshook__ __doc__ __delattr__ __setattr__ __getattribute__ __str__ __hash__ __sizeof__ __repr__'.split())
SKIP = set('''__builtin__.hash __builtin__.id cPickle.PicklerType cPickle.UnpicklerType imp.find_module imp.get_suffixes array.array.buffer_info array.c.buffer_info array.u.buffer_info file.next _locale.setlocale _locale.textdomain _locale.bindtextdomain _locale.bind_textdomain_codeset zipimport.zipimporter __builtin__.apply __builtin__.pow int.__pow__ long.__pow__ int.__rpow__ long.__rpow__ operator.pow operator.__pow__ operator.ipow operator.__ipow__ _testcapi.get_indices _testcapi.raise_signal _testcapi.traceback_print _testcapi.getargs_tuple sys.exit sys.setrecursionlimit sys._clear_type_cache sys.setcheckinterval sys.settrace sys.setprofile sys.call_tracing sys.setdlopenflags sys.excepthook sys.displayhook posix._exit posix.abort posix.fork posix.forkpty posix.kill posix.killpg posix.pause
posix.setsid posix.setuid posix.setgid posix.seteuid posix.setegid posix.setreuid posix.setregid posix.setresuid posix.setresgid posix.setgroups posix.initgroups posix.setpgid posix.setpgrp posix.tcsetpgrp posix.close posix.closerange posix.dup2 posix.read posix.write posix.fdopen posix.chdir posix.fchdir posix.chroot posix.execv posix.execve posix.wait posix.wait3 posix.wait4 posix.waitpid posix.nice posix.popen posix.system posix.umask posix.tmpfile
posix.openpty posix.dup posix.pipe posix.unlink posix.remove posix.rmdir posix.mkdir posix.rename posix.link posix.symlink posix.mkfifo posix.mknod posix.ttyname posix.ftruncate posix.lseek posix.fsync posix.fdatasync posix.fchmod posix.fchown posix.tempnam posix.tmpnam posix.getlogin posix.putenv posix.unsetenv posix.open
signal.pause signal.alarm signal.setitimer signal.siginterrupt signal.signal signal.set_wakeup_fd time.sleep time.tzset __builtin__.raw_input __builtin__.input __builtin__.exit __builtin__.quit __builtin__.help __builtin__.copyright __builtin__.credits __builtin__.license __builtin__.reload __builtin__.print __builtin__.open __builtin__.file __builtin__.execfile __builtin__.dir __builtin__.globals __builtin__.locals __builtin__.vars
thread.interrupt_main thread.exit thread.exit_thread thread.start_new_thread thread.start_new thread.stack_size _testcapi._read_null gc.set_threshold gc.disable gc.set_debug gc.get_objects gc.get_referrers gc.get_referents gc.collect gc.enable gc.isenabled gc.garbage imp.acquire_lock imp.release_lock imp.lock_held imp.load_module imp.load_dynamic imp.reload imp.load_source imp.load_compiled imp.load_package
imp.new_module imp.init_builtin imp.init_frozen resource.setrlimit faulthandler select.select _socket.getaddrinfo _socket.gethostbyname _socket.gethostbyname_ex _socket.gethostbyaddr _socket.getnameinfo _socket.getfqdn _socket.gethostname _socket.fromfd _socket.socketpair file.close fileno crypt'''.split())
import array, binascii, bisect, cPickle, cStringIO, cmath, datetime, errno, gc, imp, itertools, marshal, math, operator, parser, strop, symtable, thread, time, unicodedata, zipimport, zlib
import _ast, _bisect, _codecs, _collections, _csv, _functools, _heapq, _io, _json, _locale, _md5, _multibytecodec, _random, _sha, _sha256, _sha512, _sre, _struct, _symtable, _warnings, _weakref, future_builtins, exceptions, sys, __builtin__, collections, weakref, codecs, io, xxsubtype, types
def gen():
    yield 1
def fn(a): pass
class Cls(object):
    def m(self): pass
class Old:
    def m(self): pass
class AnIter(object):
    def __iter__(self): return iter([1])
def recipes():
    R = {}
    def r(name, f): R[name] = f
    r('str', lambda: 'abc'); r('unicode', lambda: u'abc'); r('list', lambda: [1, 2]); r('dict', lambda: {1: 2}); r('set', lambda: set([1])); r('frozenset', lambda: frozenset([1])); r('tuple', lambda: (1, 2)); r('int', lambda: 1); r('long', lambda: 1L); r('float', lambda: 1.5); r('complex', lambda: 1j); r('bool', lambda: True); r('NoneType', lambda: None)
    r('bytearray', lambda: bytearray('abc')); r('buffer', lambda: buffer('abc')); r('memoryview', lambda: memoryview('abc')); r('xrange', lambda: xrange(3)); r('slice', lambda: slice(1)); r('generator', gen); r('function', lambda: fn); r('method', lambda: Cls().m); r('unbound', lambda: Cls.m); r('classobj', lambda: Old); r('instance', lambda: Old()); r('object', lambda: object()); r('type', lambda: Cls); r('property', lambda: property()); r('classmethod', lambda: classmethod(fn)); r('staticmethod', lambda: staticmethod(fn)); r('super', lambda: super(Cls, Cls())); r('module', lambda: imp.new_module('x')); r('code', lambda: fn.__code__); r('builtin_fn', lambda: len); r('builtin_m', lambda: [].append); r('methdesc', lambda: list.append); r('wrapper', lambda: int.__add__); r('mwrapper', lambda: (1).__add__); r('getset', lambda: Cls.__dict__['__dict__']); r('member', lambda: types.FunctionType.func_code); r('dictproxy', lambda: Cls.__dict__); r('cell', lambda: (lambda x: lambda: x)(1).func_closure[0]); r('frame', lambda: sys._getframe()); r('ellipsis', lambda: Ellipsis); r('notimpl', lambda: NotImplemented)
    def tb():
        try: 1/0
        except: return sys.exc_info()[2]
    r('traceback', tb); r('listiter', lambda: iter([1])); r('dictiter', lambda: {1: 2}.iteritems()); r('dictview', lambda: {1: 2}.viewkeys()); r('dictviewv', lambda: {1: 2}.viewvalues()); r('dictviewi', lambda: {1: 2}.viewitems()); r('enumerate', lambda: enumerate([1])); r('reversed', lambda: reversed([1])); r('calliter', lambda: iter(fn, 1)); r('seqiter', lambda: iter(Old()) if 0 else iter('a')); r('setiter', lambda: iter(set([1]))); r('xrangeiter', lambda: iter(xrange(2)))
    r('array.array', lambda: array.array('i', [1, 2])); r('array.c', lambda: array.array('c', 'ab')); r('array.u', lambda: array.array('u', u'ab')); r('deque', lambda: collections.deque([1, 2])); r('deque5', lambda: collections.deque([1], 5)); r('defaultdict', lambda: collections.defaultdict(int)); r('partial', lambda: _functools.partial(fn, 1)); r('Struct', lambda: _struct.Struct('i')); r('md5', lambda: _md5.new()); r('sha', lambda: _sha.new()); r('sha256', lambda: _sha256.sha256()); r('sha512', lambda: _sha512.sha512()); r('Random', lambda: _random.Random(1)); r('lock', lambda: thread.allocate_lock()); r('local', lambda: thread._local())
    r('date', lambda: datetime.date(2000, 1, 1)); r('datetime', lambda: datetime.datetime(2000, 1, 1)); r('time', lambda: datetime.time(1)); r('timedelta', lambda: datetime.timedelta(1)); r('tzinfo', lambda: datetime.tzinfo())
    r('pattern', lambda: re.compile('a')); r('match', lambda: re.match('a', 'a')); r('sre_scanner', lambda: re.compile('a').scanner('a')); r('csv.reader', lambda: _csv.reader([])); r('csv.writer', lambda: _csv.writer(cStringIO.StringIO())); r('Dialect', lambda: _csv.Dialect()); r('StringO', lambda: cStringIO.StringIO()); r('StringI', lambda: cStringIO.StringIO('abc')); r('Pickler', lambda: cPickle.Pickler(cStringIO.StringIO())); r('Picklerl', lambda: cPickle.Pickler())
    r('ref', lambda: weakref.ref(Cls)); r('proxy', lambda: weakref.proxy(Cls)); r('scanner', lambda: __import__('json').scanner.c_make_scanner(__import__('json').JSONDecoder())); r('symtable', lambda: _symtable.symtable('1', 'x', 'exec')); r('ast', lambda: _ast.Num(1)); r('UCD', lambda: unicodedata.ucd_3_2_0)
    r('BytesIO', lambda: io.BytesIO('abc\ndef')); r('StringIO', lambda: io.StringIO(u'abc\ndef')); r('BufferedReader', lambda: io.BufferedReader(io.BytesIO('abc'))); r('BufferedWriter', lambda: io.BufferedWriter(io.BytesIO())); r('BufferedRandom', lambda: io.BufferedRandom(io.BytesIO('abc'))); r('BufferedRWPair', lambda: io.BufferedRWPair(io.BytesIO('abc'), io.BytesIO())); r('TextIOWrapper', lambda: io.TextIOWrapper(io.BytesIO('abc\ndef'), 'ascii')); r('IncNL', lambda: io.IncrementalNewlineDecoder(None, 1)); r('IOBase', lambda: _io._IOBase()); r('RawIOBase', lambda: _io._RawIOBase()); r('BufferedIOBase', lambda: _io._BufferedIOBase()); r('TextIOBase', lambda: _io._TextIOBase())
    import encodings.gb2312, encodings.iso2022_jp, encodings.euc_jp
    G = encodings.iso2022_jp
    r('mbcodec', lambda: G.codec); r('mbincenc', lambda: G.IncrementalEncoder()); r('mbincdec', lambda: G.IncrementalDecoder()); r('mbsr', lambda: G.StreamReader(io.BytesIO('abc'))); r('mbsw', lambda: G.StreamWriter(io.BytesIO()))
    r('struct_time', lambda: time.gmtime(0)); r('floatinfo', lambda: sys.float_info); r('sysflags', lambda: sys.flags); r('EncodingMap', lambda: _codecs.charmap_build(u'abc' + u'\0' * 253)); r('capsule', lambda: datetime.datetime_CAPI); r('spamlist', lambda: xxsubtype.spamlist()); r('spamdict', lambda: xxsubtype.spamdict())
    for n in 'chain cycle repeat count izip imap starmap ifilter ifilterfalse takewhile dropwhile islice groupby compress product permutations combinations combinations_with_replacement izip_longest'.split():
        a = {'repeat': (1, 3), 'count': (), 'imap': (fn, [1]), 'starmap': (fn, [(1,)]), 'ifilter': (fn, [1]), 'ifilterfalse': (fn, [1]), 'takewhile': (fn, [1]), 'dropwhile': (fn, [1]), 'islice': ([1, 2], 1), 'compress': ([1], [1]), 'combinations': ([1, 2], 1), 'combinations_with_replacement': ([1, 2], 1)}.get(n, ([1],))
        r('it.' + n, lambda n=n, a=a: getattr(itertools, n)(*a))
    r('it.tee', lambda: itertools.tee([1])[0])
    for n in dir(exceptions):
        e = getattr(exceptions, n)
        if isinstance(e, type):
            a = {'UnicodeDecodeError': ('a', 'b', 0, 1, 'c'), 'UnicodeEncodeError': ('a', u'b', 0, 1, 'c'), 'UnicodeTranslateError': (u'b', 0, 1, 'c')}.get(n, (1,))
            r('exc.' + n, lambda e=e, a=a: e(*a))
    return R
def clean(s):
    s = re.sub(r'0x[0-9a-f]+', '0x', s)
    return s[:160]
R = recipes()
for name in sorted(R):
    o = R[name]()
    if name in ('module', 'type', 'instance', 'classobj', 'function', 'frame', 'ast', 'dictproxy', 'object', 'UCD', 'Pickler', 'Picklerl', 'sha256', 'sha512', 'md5', 'sha', 'local', 'sre_scanner'): continue
    answers = []
    for n in sorted(dir(o)):
        if n in ('__class__', '__doc__', '__setattr__', '__dict__'): continue
        for what, f in (('set', lambda: setattr(R[name](), n, None)), ('set1', lambda: setattr(R[name](), n, 'a')), ('del', lambda: delattr(R[name](), n))):
            try: f(); res = 'ok'
            except Exception as e: res = type(e).__name__ + ': ' + clean(str(e))
            answers.append('%s %s -> %s' % (n, what, res))
    if only is None: print name, '%08x' % (zlib.crc32('\n'.join(answers)) & 0xffffffff)
    elif only == name: print '\n'.join(answers)
