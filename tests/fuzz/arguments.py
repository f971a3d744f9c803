# Calls with random arguments into select, _socket, mmap, _multiprocessing, signal and posix's calls about
# descriptors: python2.7 arguments.py SEED COUNT prints each call and its answer. What is to be looked for: that
# nothing crashes under the sanitizers, and that the lines are the reference's (`node tests/fuzz/arguments.mjs`).
import _multiprocessing
import _socket
import mmap
import os
import random
import re
import select
import signal
import sys

seed, count = int(sys.argv[1]), int(sys.argv[2])
R = random.Random(seed)


class Index(object):
    def __index__(self):
        return 3


class Int(object):
    def __int__(self):
        return 4


class File(object):
    def __init__(self, fd):
        self.fd = fd

    def fileno(self):
        return self.fd

    def __repr__(self):
        return 'File(%r)' % (self.fd,)


class Raises(object):
    def __repr__(self):
        return 'Raises()'

    def fail(self, *args):
        raise KeyError('raises')

    __int__ = __index__ = __float__ = __len__ = __getitem__ = __iter__ = fileno = __str__ = fail


PLAIN = [0, 1, -1, 2, 3, 5, 7, 10, 63, 64, 255, 256, 1023, 1024, 65535, 65536, 65537, 2 ** 31 - 1, 2 ** 31, -2 ** 31,
         2 ** 32 - 1, 2 ** 32, 2 ** 63 - 1, -2 ** 63, 2 ** 63, 2 ** 64, 10 ** 30, -10 ** 30, 1L, True, None, 0.0, .5,
         -1.5, 1e300, float('inf'), float('nan'), '', 'a', 'abc', 'x' * 300, '\0', 'a\0b', u'', u'abc', u'\xe9',
         '127.0.0.1', '::1', '', (), [], {}, (1,), [1, 2], ('127.0.0.1', 0), ('127.0.0.1', 65536), ('::1', 0, 0, 0),
         (1, 2, 3), ('', 0), bytearray('abc'), bytearray(16), buffer('abc'), Index(), Int(), Raises(), len, int,
         iter([1]), xrange(3), set([1]), 1j, Ellipsis, slice(1, 2)]


def descriptor():
    return R.choice(fds + [-1, 999, 1023, 1024, 10 ** 6])


def value(depth=0):
    kind = R.random()
    if kind < .3:
        return descriptor()
    if kind < .36:
        return File(R.choice([descriptor(), 'x', -5, 2 ** 40, None, 3L]))
    if kind < .42 and depth < 2:
        return R.choice([list, tuple])([value(depth + 1) for i in range(R.randrange(4))])
    if kind < .55:
        return R.choice([1, 2, 4, 8, 16, 0x40000000, 0x80000000L]) | R.choice([0, 1, 4])
    return R.choice(PLAIN)


def clean(text):
    text = re.sub(r'0x[0-9a-f]+', '0x', text)
    # Ports, process numbers.
    return re.sub(r'\b\d{4,}\b', 'N', text)


def attempt(name, f, args, keywords={}):
    out = '%s%s %s ' % (name, clean(repr(args)), clean(repr(keywords)) if keywords else '')
    try:
        answer = f(*args, **keywords)
    except Exception, e:
        print out, '->', type(e).__name__, clean(str(e))
        return None
    print out, '->', clean(repr(answer)[:200])
    return answer


NEVER = set(['poll', 'accept', 'dup'])
keep = []


def fresh():
    global fds
    for fd in range(3, 60):
        try:
            os.close(fd)
        except OSError:
            pass
    fds = list(os.pipe())
    a, b = _socket.socket(_socket.AF_UNIX), _socket.socket()
    one, two = _socket.socketpair()
    one.setblocking(False)
    two.setblocking(False)
    del keep[:]
    keep.extend([a, b, one, two])
    a.setblocking(False)
    b.setblocking(False)
    fds.extend(s.fileno() for s in keep)
    f = open('fuzz.tmp', 'w+')
    f.write('0123456789' * 1000)
    f.flush()
    keep.append(f)
    fds.append(f.fileno())
    e = select.epoll()
    keep.append(e)
    fds.append(e.fileno())


def quick(args, index):
    """With a timeout that is not for ever at that place"""
    args = list(args[:index])
    while len(args) < index:
        args.append([])
    return args + [R.choice([0, 0L, .01, -0.0, 'x', Raises(), 1e-9, Index()])]


def call_select(args):
    attempt('select', select.select, quick(args, 3))


def call_poll(args):
    p = select.poll()
    for i in range(R.randrange(4)):
        attempt('register', p.register, args)
        attempt('modify', p.modify, [value() for i in range(2)])
        attempt('unregister', p.unregister, [value()])
    attempt('poll', p.poll, [R.choice([0, 1, 0L, .5, 'x', Raises()])])


def call_epoll(args):
    e = R.choice([keep[5], select.epoll()])
    attempt('epoll', lambda *a: type(select.epoll(*a)), [value() for i in range(R.randrange(2))])
    for i in range(R.randrange(3)):
        attempt('register', e.register, args)
        attempt('modify', e.modify, [value() for i in range(2)])
        attempt('unregister', e.unregister, [value()])
    attempt('poll', e.poll, [R.choice([0, .001, 'x', 0L])] + [R.choice(PLAIN[:24])] * R.randrange(2))


SOCKET_METHODS = ['bind', 'listen', 'connect', 'connect_ex', 'send', 'sendall', 'sendto', 'recv', 'recvfrom', 'recv_into',
                  'recvfrom_into', 'getsockopt', 'setsockopt', 'settimeout', 'setblocking', 'shutdown', 'getsockname',
                  'getpeername', 'fileno', 'accept', 'gettimeout']


def call_socket(args):
    s = R.choice(keep[:4])
    name = R.choice(SOCKET_METHODS)
    # Nothing that leaves this machine, or waits.
    if name in ('connect', 'connect_ex', 'bind', 'sendto') and not isinstance(args[0], (int, long, float)):
        args = args[:1] if isinstance(args[0], tuple) and args[0][:1] in [('127.0.0.1',), ('::1',)] else [1] + args[1:]
        if name != 'sendto':
            args = [R.choice([('127.0.0.1', R.choice([1, 65536, -1, 'x'])), 'no-such', '', 'x' * 200, 5, None, ('1',)])]
    if name == 'accept':
        args = []
    attempt(name, getattr(s, name), args)
    for other in keep[:4]:
        other.setblocking(False)


def call_module_socket(args):
    name = R.choice(['inet_aton', 'inet_ntoa', 'inet_pton', 'inet_ntop', 'htons', 'ntohl', 'getservbyport', 'getprotobyname',
                     'socketpair', 'fromfd', 'setdefaulttimeout', 'getnameinfo'])
    if name == 'getnameinfo':
        args = [R.choice([('127.0.0.1', 80), ('127.0.0.1', -1), ('::1', 80, 0, 0), (1,), 'x']), R.choice([3, 1 << 20, 'x'])]
    if name == 'fromfd':
        args = [R.choice([value(), descriptor()])] + args[1:]
    answer = attempt(name, lambda *a: type(getattr(_socket, name)(*a)), args)
    _socket.setdefaulttimeout(None)


def call_mmap(args):
    length = R.choice([0, 1, 100, 4096, 10000, -1, 2 ** 31, 'x', 10001, 5L])
    fd = R.choice([-1, keep[4].fileno(), keep[4].fileno(), fds[0], 999])
    keywords = {}
    for key in ('access', 'prot', 'flags', 'offset'):
        if R.random() < .2:
            keywords[key] = R.choice([0, 1, 2, 3, 4, -1, 4096, 4095, 2 ** 31, 'x', None, 1 << 62])
    try:
        m = mmap.mmap(fd, length, **keywords)
    except Exception, e:
        print 'mmap', type(fd), length, sorted(keywords.items()), type(e).__name__, clean(str(e))
        return
    if len(m) > 20000:
        m.close()
        return
    for i in range(R.randrange(6)):
        name = R.choice(['read', 'readline', 'seek', 'write', 'write_byte', 'read_byte', 'find', 'rfind', 'move', 'flush',
                         'resize', 'tell', 'size', '__getitem__', '__setitem__', '__getslice__', '__len__', '__contains__',
                         'close', '__add__', '__mul__'])
        if name == '__mul__':
            args = [R.choice([0, 1, 2, -1])]
        elif name == 'resize' and not isinstance(args[0], str):
            args = [R.choice([0, 1, 100, 5000, -1, 'x'])]
        elif name == '__setitem__':
            args = [R.choice([0, 5, -1, 10 ** 6, slice(0, 3), slice(1, 9, 2), 'x']), R.choice(['a', 'abc', 'abcd', 5, u'x', ''])]
        elif R.random() < .5:
            args = [R.choice([0, 1, -1, 3, 50, 10 ** 6, 'a', '012', '', 2 ** 63, -2 ** 63]) for a in args]
        if hasattr(m, name):
            attempt('mmap.' + name, getattr(m, name), args)


def call_multiprocessing(args):
    which = R.randrange(4)
    if which == 0:
        c = None
        try:
            c = _multiprocessing.Connection(os.dup(R.choice([fds[0], fds[1], fds[4], fds[5]])),
                                            **R.choice([{}, {'readable': False}, {'writable': False}]))
        except Exception, e:
            print 'Connection', type(e).__name__, clean(str(e))
            return
        name = R.choice(['send', 'send_bytes', 'fileno', 'close', 'poll', '__repr__'])
        if name == 'poll':
            args = [R.choice([0, .001, 'x', -1])]
        if name in ('send', 'send_bytes') and R.random() < .5:
            args = [R.choice(['abc', bytearray('abc'), u'x', 5, None, 'x' * 100])] + args[1:3]
        attempt('Connection.' + name, getattr(c, name), args)
        if name.startswith('send'):
            drain()
    elif which == 1:
        attempt('Connection', lambda *a: type(_multiprocessing.Connection(*a)), [R.choice([-1, 'x', None, 2 ** 40])] + args[1:])
    elif which == 2:
        name = R.choice(['sendfd', 'recvfd'])
        attempt(name, lambda *a: type(getattr(_multiprocessing, name)(*a)), args)
        drain()
    else:
        try:
            s = _multiprocessing.SemLock(R.choice([0, 1, 2, 'x']), R.choice([0, 1, 2, -1]), R.choice([1, 3, 0]))
        except Exception, e:
            print 'SemLock', type(e).__name__, clean(str(e))
            return
        for i in range(3):
            name = R.choice(['acquire', 'release', '_count', '_is_mine', '_get_value', '_is_zero', '__exit__', '_after_fork'])
            a = [R.choice([False, True, 0]), R.choice([0, .001, -1, 'x'])][:R.randrange(1, 3)] if name == 'acquire' else \
                args[:R.randrange(3)]
            if name == 'acquire' and len(a) == 1:
                a = [False]
            attempt('SemLock.' + name, getattr(s, name), a)


def drain():
    for s in keep[2:4]:
        try:
            while s.recv(100000):
                pass
        except _socket.error:
            pass
    if select.select([fds[0]], [], [], 0)[0]:
        os.read(fds[0], 100000)


def call_signal(args):
    name = R.choice(['getsignal', 'siginterrupt', 'set_wakeup_fd', 'getitimer', 'setitimer', 'alarm'])
    if name in ('setitimer', 'alarm'):
        args = [R.choice([-1, 3, 99, 'x', Raises(), 2 ** 40])] + args[1:]
        if name == 'alarm':
            args = [R.choice(['x', 2 ** 40, Raises()])]
    attempt(name, getattr(signal, name), args)
    try:
        signal.set_wakeup_fd(-1)
    except Exception:
        pass


def call_os(args):
    name = R.choice(['dup', 'dup2', 'fstat', 'lseek', 'isatty', 'close', 'fsync', 'write', 'ftruncate', 'getpgid', 'waitpid',
                     'read', 'kill', 'ttyname', 'fpathconf', 'tcgetpgrp'])
    if name in ('dup2',) and len(args) > 1 and args[1] in (0, 1, 2):
        args[1] = 30
    if name == 'close' and args[0] in (0, 1, 2):
        args = [999]
    if name == 'kill':
        args = [R.choice([2 ** 40, 'x', 4000000]), R.choice([0, 99, -1, 'x'])]
    if name == 'waitpid':
        args = [R.choice([-1, 5, 4000000, 2 ** 40, 'x']), 1]
    if name == 'write' and not (args and args[0] in fds):
        args = [fds[1], R.choice(['abc', u'abc', bytearray('abc'), 5, None])]
    if name == 'read':
        args = [R.choice([keep[4].fileno(), -1, 999, 'x']), R.choice([0, 1, 5, -1, 'x', 2 ** 31])]
    if hasattr(os, name):
        attempt('os.' + name, lambda *a: type(getattr(os, name)(*a)), args)


CALLS = [call_select, call_poll, call_epoll, call_socket, call_module_socket, call_mmap, call_multiprocessing, call_signal,
         call_os]
for i in range(count):
    if i % 50 == 0:
        fresh()
    R.seed(seed * 1000003 + i)
    try:
        R.choice(CALLS)([value() for i in range(R.randrange(1, 4))])
    except (EnvironmentError, select.error), e:
        print 'set-up', type(e).__name__
        fresh()
