# int() and long() from text: bases, spaces, signs, prefixes, unicode digits, errors.
for args in (('12',), (' 12\n',), ('-12',), ('+ 12',), ('0x1f', 16), ('1f', 16), ('0b101', 0), ('0o17', 0), ('017', 0), ('017', 8), ('0x', 16), ('z', 36), ('12', 1), ('12', 37), ('9' * 25,), ('1_0',),
             (u'\u0661\u0662',), ('',), (' ',), ('12L',), ('12L', 10), ('1.5',), ('\x001',), ('1\x00',), (5, 10), ('0b2', 2), ('0', 0), ('00', 0), ('-0x1F', 0), ('10', 16L), (1.9,), (-1.9,), (True,), (None,)):
    for kind in (int, long):
        try:
            print args, repr(kind(*args)),
        except Exception as e:
            print args, type(e).__name__, e,
    print
print int(), long(), int(x='7', base=8) if 0 else int('7', base=8)
