# Files: modes, reading by size and line, iteration, seek, tell, truncate, errors, attributes.
f = open('t.txt', 'w')
f.write('line 1\nline 2\n\nlast'); f.writelines(['!', '\n']); print f.tell(), f.name, f.mode, f.closed, f.softspace, f.encoding, f.newlines, repr(f)[:27]
f.close(); print f.closed, repr(f)[:9], f.close()
f = open('t.txt')
print repr(f.read(3)), f.tell(), repr(f.readline()), repr(f.readline(3)), f.readlines(), repr(f.read()), f.seek(0), list(f), f.seek(-6, 2), repr(f.read()), f.seek(2), repr(f.readline(100)), f.fileno() > 2, f.isatty()
f.close()
with open('t.txt', 'r+b') as f:
    f.seek(5); f.write('X'); f.seek(0, 1); print repr(f.read(4)); f.truncate(8); f.seek(0); print repr(f.read()), f.read() == ''
with open('t.txt', 'a') as f: f.write('tail'); print f.tell()
print repr(open('t.txt').read()), [l for l in open('t.txt')]
open('crlf', 'wb').write('a\r\nb\rc\n')
u = open('crlf', 'U'); print u.readlines(), u.newlines, repr(open('crlf', 'rU').read()), repr(open('crlf').read())
f = open('t.txt', 'w+'); f.write('abc'); f.seek(0); print f.read(), f.next if 0 else '', f.xreadlines() is f
print >>f, 'printed', 5
f.seek(0); print repr(f.read())
f.close()
for text in ('open("nothere")', 'open("t.txt", "z")', 'open("t.txt", "")', 'open(".")', 'open(".", "w")', 'open(5)', 'f.read()', 'f.write("x")', 'iter(f).next()', 'open("t.txt").write("x")', 'open("t.txt", "w").read()', 'open("t.txt", "a").write(5)', 'open("t.txt").seek(-1)', 'open("t.txt").seek("a")', 'open("a\\0b")', 'open("x/y/z", "w")', 'open("t.txt").writelines(5)', 'file("t.txt", "rb", "x")', 'open("t.txt", "w").writelines([1])', 'open("t.txt", "w").write(u"\\xe9")', 'open("t.txt").x', 'open("t.txt", "Uw")', 'open("t.txt", "r").truncate()'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
f = open('t.txt', 'w'); f.write('1234567890'); f.close()
b = bytearray(4); f = open('t.txt'); print f.readinto(b), b, f.next(), f.tell()
f = open('t.txt')
f.next() if 0 else f.readline()
