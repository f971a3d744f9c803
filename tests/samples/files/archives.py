# zipfile tarfile gzip zlib StringIO
import zipfile, tarfile, gzip, zlib, StringIO, cStringIO, os, time, binascii, io
z = zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED); z.writestr('x/one.txt', 'hello ' * 100); zi = zipfile.ZipInfo('two.bin', (2001, 2, 3, 4, 5, 6)); zi.external_attr = 0644 << 16; z.writestr(zi, '\0\1\2'); open('f.txt', 'w').write('file'); z.write('f.txt'); z.write('f.txt', 'renamed', zipfile.ZIP_STORED); z.comment = 'cmt'; z.close()
z = zipfile.ZipFile('a.zip'); print z.namelist(), z.testzip(), z.comment, [(i.filename, i.file_size, i.compress_type, i.CRC, i.date_time if i.filename == 'two.bin' else 0) for i in z.infolist()]
print z.read('two.bin').encode('hex'), z.open('x/one.txt').readline()[:11], zipfile.is_zipfile('a.zip'), zipfile.is_zipfile('f.txt'), z.getinfo('x/one.txt').compress_size < 600
z.extractall('out'); print sorted(os.listdir('out')), open('out/x/one.txt').read()[:5]
for f in (lambda: z.read('no'), lambda: zipfile.ZipFile('f.txt'), lambda: zipfile.ZipFile('nope.zip'), lambda: zipfile.ZipFile('a.zip', 'q'), lambda: z.write('f.txt'), lambda: z.getinfo('q'), lambda: zipfile.ZipFile(StringIO.StringIO('PK'))):
    try: print f()
    except Exception, e: print type(e).__name__, e
z.printdir() if 0 else None; z.close()
za = zipfile.ZipFile('a.zip', 'a'); za.writestr('app', 'appended'); za.close(); print zipfile.ZipFile('a.zip').namelist()
import sys; open('mod_in.py', 'w').write('V = 5\n'); zz = zipfile.ZipFile('m.zip', 'w'); zz.write('mod_in.py', 'zmod.py'); zz.close(); sys.path.insert(0, 'm.zip'); import zmod; print zmod.V, zmod.__file__, zmod.__loader__.get_source('zmod'), zmod.__loader__
t = tarfile.open('t.tgz', 'w:gz'); ti = tarfile.TarInfo('s.txt'); ti.size = 5; ti.mtime = 1000; t.addfile(ti, StringIO.StringIO('12345')); t.add('out', 'dir'); d = tarfile.TarInfo('lnk'); d.type = tarfile.SYMTYPE; d.linkname = 's.txt'; t.addfile(d); t.close()
t = tarfile.open('t.tgz'); print sorted(t.getnames()), t.getmember('s.txt').mtime, t.extractfile('s.txt').read(), t.getmember('lnk').issym(), tarfile.is_tarfile('t.tgz'), t.next() is not None; t.extractall('tout'); print open('tout/lnk').read(), t.getmember('dir').isdir()
for f in (lambda: t.getmember('no'), lambda: tarfile.open('f.txt'), lambda: tarfile.open('f.txt', 'r:gz'), lambda: tarfile.open('x', 'zz'), lambda: t.extractfile('no')):
    try: print f()
    except Exception, e: print type(e).__name__, str(e)[:100]
g = gzip.open('g.gz', 'wb', 9); g.write('line1\nline2\n' * 3); g.close(); g = gzip.open('g.gz'); print g.readline(), len(g.readlines()), g.tell(); g.seek(3); print g.read(4); g.close()
open('bad.gz', 'w').write('notgz'); 
for n in ('bad.gz',):
    try: gzip.open(n).read()
    except IOError, e: print e
raw = open('g.gz', 'rb').read(); open('trunc.gz', 'wb').write(raw[:-10])
try: gzip.open('trunc.gz').read()
except Exception, e: print type(e).__name__, e
b = StringIO.StringIO(); g = gzip.GzipFile('n', 'wb', 6, b, 12345); g.write('abc'); g.close(); print b.getvalue().encode('hex')
c = zlib.compress('a' * 1000); print len(c), zlib.decompress(c) == 'a' * 1000, zlib.crc32('abc'), zlib.adler32('abc'), zlib.crc32('abc') & 0xffffffff, c.encode('hex')
for x in ('xx', c[:-3], c[:-1] + 'z', ''):
    try: print zlib.decompress(x)
    except zlib.error, e: print e
o = zlib.compressobj(9, zlib.DEFLATED, -15); s = o.compress('hello') + o.flush(); print s.encode('hex'), zlib.decompress(s, -15); d = zlib.decompressobj(); print repr(d.decompress(c + 'tail', 10)), len(d.unconsumed_tail) > 0, len(d.flush()), repr(d.unused_data)
try: o.compress('x')
except zlib.error, e: print e
s = StringIO.StringIO('a\nb\nc'); print s.readline(), s.tell(), s.read(), s.len, s.getvalue(), list(StringIO.StringIO('x\ny')); s.seek(0); s.truncate(2); print repr(s.getvalue()); s.close()
try: s.read()
except ValueError, e: print e
cs = cStringIO.StringIO(); cs.write('abc'); cs.seek(1); cs.write('Z'); print cs.getvalue(), cs.tell(), cs, type(cs); cr = cStringIO.StringIO('ro'); 
try: cr.write('x')
except AttributeError, e: print e
bio = io.BytesIO('abc'); bio.seek(0, 2); bio.write('d'); print bio.getvalue(), bio.readable(), io.StringIO(u'a\nb').readlines(), io.TextIOWrapper(io.BytesIO('a\xc3\xa9'), 'utf8').read().__repr__()
