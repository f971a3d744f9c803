# _multiprocessing.Connection over pipes: the format on the wire, limits, ends, errors.
import _multiprocessing
import os
import signal
import threading

Connection = _multiprocessing.Connection


def attempt(f, *args, **kw):
    try:
        print repr(f(*args, **kw))
    except Exception as e:
        print '%s: %s' % (type(e).__name__, e)


def pair(**kw):
    r, w = os.pipe()
    return Connection(r, **kw), Connection(w)


attempt(Connection)
attempt(Connection, -1)
attempt(Connection, 0, readable=False, writable=False)
attempt(Connection, 'a')
attempt(Connection, 2 ** 40)

fd, w = os.pipe()
reader, writer = Connection(os.dup(fd), writable=False), Connection(w, readable=False)
print repr(reader)[:10], repr(writer)[:11], reader.closed, reader.readable, reader.writable, writer.readable
attempt(reader.send, 1)
attempt(reader.send_bytes, 'a')
for f in (writer.recv, writer.recv_bytes, writer.poll):
    attempt(f)
attempt(writer.recv_bytes_into, bytearray(3))
attempt(reader.poll)
attempt(reader.poll, 0.01)
attempt(reader.poll, 'a')
attempt(reader.poll, -1)

print 'wire'
writer.send((1, 'a'))
print repr(os.read(fd, 100))
writer.send_bytes('hello')
print repr(os.read(fd, 100))
writer.send_bytes('h' * 20000)
print repr(os.read(fd, 10)), len(os.read(fd, 30000))

print 'parts'
for args in [('hello', 2), ('hello', 2, 2), ('hello', 5), (u'uni',), (buffer('abc'),), ('',)]:
    writer.send_bytes(*args)
    attempt(reader.recv_bytes)
for args in [('hello', -1), ('hello', 6), ('hello', 0, -1), ('hello', 0, 6), ('hello', 3, 3), (5,), (bytearray('a'),)]:
    attempt(writer.send_bytes, *args)

print 'limits'
writer.send_bytes('hello')
attempt(reader.recv_bytes, -1)
attempt(reader.recv_bytes, 5)
writer.send_bytes('hello')
attempt(reader.recv_bytes, 3)
print reader.readable, reader.writable, reader.closed
reader, writer = pair()
writer.send_bytes('hello')
attempt(reader.recv_bytes, 3)
print reader.readable, reader.writable, reader.closed
attempt(reader.recv_bytes)

print 'into'
reader, writer = pair()
room = bytearray(10)
for offset in (2, 5):
    writer.send_bytes('hello')
    attempt(reader.recv_bytes_into, room, offset)
    print repr(room)
writer.send_bytes('hello')
try:
    reader.recv_bytes_into(room, 7)
except Exception as e:
    print type(e), e.args
attempt(reader.recv_bytes_into, room, -1)
attempt(reader.recv_bytes_into, room, 11)
attempt(reader.recv_bytes_into, 'abc')

print 'ends'
writer.close()
print writer.closed
for f in (reader.recv, reader.recv_bytes, reader.poll):
    attempt(f)
attempt(writer.send, 1)
attempt(writer.close)
for text in ('\0\0\0\5ab', '\0\0'):
    r, w = os.pipe()
    os.write(w, text)
    os.close(w)
    attempt(Connection(r).recv_bytes)
reader, writer = pair()
reader.close()
attempt(writer.send, 1)
print writer.closed

print 'objects'


class Bad(object):
    def __reduce__(self):
        raise KeyError('no')


reader, writer = pair()
attempt(writer.send, Bad())
for value in (None, [1, 2.5, {'a': (1,)}], u'\xe9', 10 ** 30, Exception('x')):
    writer.send(value)
    attempt(reader.recv)

print 'more than a pipe holds, from another thread'
t = threading.Thread(target=lambda: writer.send('x' * 1000000))
t.start()
print len(reader.recv())
t.join()


def handler(number, frame):
    print 'signal'


print 'signals'
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.1)
print reader.poll(5)
signal.setitimer(signal.ITIMER_REAL, 0.1)
timer = threading.Timer(0.3, writer.send_bytes, ['late'])
timer.start()
print reader.recv_bytes()
timer.join()
attempt(setattr, reader, 'x', 1)
attempt(setattr, reader, 'closed', 1)
