# cStringIO, StringIO.
import cStringIO, StringIO
for m in (cStringIO, StringIO):
    f = m.StringIO(); f.write('abc\ndef'); f.write(str(5)); print f.getvalue(), f.tell(), f.seek(0), f.readline(), f.read(2), f.readlines(), f.closed
    f.seek(2); f.truncate(); print repr(f.getvalue()); f.seek(5); f.write('x'); print repr(f.getvalue())
    r = m.StringIO('one\ntwo\n'); print list(r), r.seek(-3, 2), repr(r.read()), repr(r.readline()), r.seek(0), repr(r.readline(2)), r.isatty(); r.close()
    try:
        r.read()
    except ValueError as e:
        print e
print >>cStringIO.StringIO(), 'x'
for text in ('cStringIO.StringIO(u"\\xe9")', 'cStringIO.StringIO().write(5)', 'cStringIO.StringIO("r").write("x")', 'cStringIO.StringIO(5)', 'cStringIO.StringIO().writelines(5)'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
