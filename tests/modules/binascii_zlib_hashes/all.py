# binascii, zlib, md5, sha: known answers and errors.
import binascii, zlib, hashlib, hmac
print binascii.hexlify('a\xff'), binascii.unhexlify('6162'), binascii.b2a_base64('hello'), binascii.a2b_base64('aGVsbG8='), binascii.crc32('abc'), binascii.crc32('c', binascii.crc32('ab')), binascii.crc_hqx('abc', 0), repr(binascii.b2a_uu('abc')), binascii.a2b_uu('#86)C'), binascii.b2a_qp('a=\xff b'), binascii.a2b_qp('a=3D'), binascii.b2a_hqx('abc'), repr(binascii.rlecode_hqx('aaaaab'))
data = 'hello hello hello' * 20
c = zlib.compress(data); print c.encode('hex'), zlib.decompress(c) == data, zlib.adler32('abc'), zlib.crc32('abc'), zlib.crc32('abc', -5), len(zlib.compress(data, 0)), zlib.compress(data, 9).encode('hex')
o = zlib.compressobj(); x = o.compress('abc') + o.flush(zlib.Z_SYNC_FLUSH) + o.compress('def') + o.flush()
d = zlib.decompressobj(); print d.decompress(x[:5]), d.decompress(x[5:] + 'tail'), repr(d.unused_data), repr(d.flush()), d.unconsumed_tail
raw = zlib.compressobj(6, zlib.DEFLATED, -15); r = raw.compress('raw') + raw.flush(); print r.encode('hex'), zlib.decompress(r, -15), zlib.decompressobj().decompress(c, 10), 'x'.encode('zlib').decode('zlib')
for name in ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'):
    h = hashlib.new(name); h.update('abc'); g = h.copy(); g.update('d' * 200); print name, h.hexdigest(), g.hexdigest()[:16], h.digest_size, h.block_size, getattr(hashlib, name)().hexdigest()[:16]
print hmac.new('key', 'msg', hashlib.sha256).hexdigest(), hashlib.md5(buffer('abc')).hexdigest()
for text in ('binascii.unhexlify("abc")', 'binascii.unhexlify("zz")', 'binascii.a2b_base64("a")', 'binascii.a2b_uu("\\x80")', 'zlib.decompress("junk")', 'zlib.decompress(c[:-5])', 'zlib.compress("a", 20)', 'zlib.compress(5)', 'hashlib.new("nope")', 'hashlib.md5(u"\\xe9")', 'hashlib.md5(5)', 'zlib.decompressobj(99)', 'binascii.b2a_uu("a" * 50)', 'zlib.crc32(5)', 'zlib.decompressobj().decompress("xx")'):
    try:
        print repr(eval(text))
    except Exception as e:
        print text, type(e).__name__, e
