# repr of every byte; string_escape and other byte codecs.
print ''.join(map(chr, range(256))).__repr__()
print repr("it's"), repr('say "x"'), repr("both ' and \""), '\x00\n'.encode('string_escape'), r'\x41\n\101'.decode('string_escape').encode('hex'), 'ab'.encode('hex'), '6162'.decode('hex'), 'abc'.encode('base64'), 'YWJj\n'.decode('base64'), 'Hello'.encode('rot13'), 'aaaaaaaa'.encode('zlib').decode('zlib'), 'x=y \xff'.encode('quopri') , 'ab'.encode('utf-16').encode('hex'), repr('abc'.decode('utf-16-be') if 0 else 'abcd'.decode('utf-16-be'))
