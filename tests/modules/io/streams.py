# io: BytesIO, StringIO, FileIO, buffered and text layers, errors.
import io
b = io.BytesIO('abc\ndef'); print b.read(2), b.readline(), b.tell(), b.seek(0), b.readlines(), b.seek(0, 2), b.write('!'), b.getvalue(), b.truncate(3), b.getvalue(), b.readable(), b.closed, list(io.BytesIO('a\nb'))
s = io.StringIO(u'a\r\nb\nc'); print repr(s.read(1)), repr(s.readline()), repr(s.read()), s.newlines, repr(io.StringIO(u'a\r\nb', newline=None).read()), s.seek(0), s.write(u'\xe9'), repr(s.getvalue())
with io.open('f.txt', 'w', encoding='utf-8', newline='\n') as f: print f.write(u'h\xe9llo\nworld\n'), f.name, f.encoding, f.line_buffering, f.mode
print repr(open('f.txt', 'rb').read())
with io.open('f.txt', 'r', encoding='utf-8') as f: print repr(f.readline()), f.tell(), repr(f.read()), f.newlines, f.errors, f.buffer.raw.name
with io.open('f.txt', 'rb') as f: print type(f).__name__, repr(f.peek(2)[:2]), repr(f.read(3)), f.seek(1), repr(f.read1(2)), f.tell(), bytearray(f.readline())
with io.open('f.txt', 'r+b') as f: print type(f).__name__, f.read(2), f.write('XX'), f.seek(0), repr(f.read())
r = io.FileIO('f.txt'); a = bytearray(3); print r.readinto(a), a, repr(r.readall()), r.mode, r.closefd, r.seekable(), r.fileno() > 2; r.close()
with io.open('f.txt', 'w', encoding='ascii', errors='replace') as f: f.write(u'\xe9\n')
print repr(io.open('f.txt', encoding='latin-1').read()), io.DEFAULT_BUFFER_SIZE, issubclass(io.BytesIO, io.BufferedIOBase), isinstance(b, io.IOBase), io.TextIOWrapper(io.BytesIO('x\r\ny'), newline='').readlines(), io.BufferedReader(io.BytesIO('abc')).read()
for text in ('io.open("nope")', 'io.open("f.txt", "z")', 'io.open("f.txt", "rb", encoding="ascii")', 'io.StringIO("bytes")', 'io.BytesIO(u"a")', 'b.seek(-1)', 'io.open("f.txt").write(u"x")', 'io.open("f.txt", "w").read()', 'io.open("f.txt", "w").write("b")', 'io.open("f.txt", encoding="nope")', 'io.open("f.txt", "rb", 0).write("x")', 'io.FileIO("f.txt", "rz")', 'io.open(5.5)', 'io.open(-1)', 'io.BytesIO().readinto(5)', 'io.open("f.txt", "w", newline="x")', 'io.TextIOWrapper(5)', 'io.open("f.txt", buffering=0)', 'io.BufferedReader(io.BytesIO(), -1)', 'io.StringIO().detach()'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
b.close()
try:
    b.read()
except ValueError as e:
    print e
