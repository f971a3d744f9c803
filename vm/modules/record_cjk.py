# SPDX-License-Identifier: MIT
"""Records what a Python 2.7 knows of the East Asian character sets into the text gen_cjk.mjs reads.

Run with the reference interpreter: python2.7 record_cjk.py > cjk_data.txt
@table NAME[:8f]: rows "lead first-trail text", '.' for unassigned; :8f is the plane behind that byte.
@codec NAME TABLE TRANSFORM ORDER: then how decoding differs: "code[-code] first-value" or "... -";
  of several codes for a character encoding takes the ORDER (first or last) one.
@encode NAME: what else is not the inverse of decoding: "character code" or "character -".
@ranges NAME: "linear start count" of GB 18030's four-byte codes.
"""

def decoded(name, s):
    try:
        return s.decode(name)
    except UnicodeDecodeError:
        return None

def encoded(name, u):
    try:
        return u.encode(name)
    except UnicodeEncodeError:
        return None

def two(code):
    return chr(code >> 8) + chr(code & 255)

def table(label, name, prefix=''):
    """Everything of the two-byte code that is one character of the BMP."""
    found = {}
    for code in xrange(0x8000, 0x10000):
        u = decoded(name, prefix + two(code))
        if u is not None and len(u) == 1 and ord(u) < 0x10000 and decoded(name, two(code)[:1]) is None:
            found[code] = u
    print '@table %s' % label
    for lead in xrange(0x80, 0x100):
        cells = [found.get(lead << 8 | t, '.') for t in xrange(256)]
        used = [t for t in xrange(256) if cells[t] != '.']
        if used:
            print '%02x %02x %s' % (lead, used[0],
                                    u''.join(cells[used[0]:used[-1] + 1]).encode('utf-8'))
    return found

def identity(code):
    return code

def euc_of_sjis(code):
    """The EUC code of a Shift JIS code, or None."""
    a, b = code >> 8, code & 255
    if not (0x81 <= a <= 0x9f or 0xe0 <= a <= 0xfc) or not (0x40 <= b <= 0x7e or 0x80 <= b <= 0xfc):
        return None
    row = (a - (a < 0xe0 and 0x81 or 0xc1)) * 2
    cell = b - (b > 0x7e and 0x41 or 0x40)
    if cell >= 94:
        row, cell = row + 1, cell - 94
    if row >= 94:
        return None
    return (row + 0xa1) << 8 | (cell + 0xa1)

def hexes(u):
    return '+'.join('%x' % ord(c) for c in u)

def plane_of_sjis(code):
    """Like euc_of_sjis, with JIS X 0213's second plane (8fxxxx) from lead f0 on."""
    a, b = code >> 8, code & 255
    if a < 0xf0:
        return euc_of_sjis(code)
    if not (0x40 <= b <= 0x7e or 0x80 <= b <= 0xfc) or a > 0xfc:
        return None
    cell = b - (b > 0x7e and 0x41 or 0x40)
    row = SECOND_PLANE_ROWS[(a - 0xf0) * 2 + cell // 94]
    return 0x8f0000 | (row + 0xa0) << 8 | (cell % 94 + 0xa1)

SECOND_PLANE_ROWS = [1, 8, 3, 4, 5, 12, 13, 14, 15] + range(78, 95)

def hexes(u):
    return '+'.join('%x' % ord(c) for c in u)

def runs(changes, all_codes, expected_of):
    """Joins changes of neighbouring codes to the same or the next value."""
    out = []
    for code, u in changes:
        value = u is None and '-' or hexes(u)
        if out:
            start, end, first = out[-1]
            gap = [c for c in xrange(end + 1, code)]
            if value == '-' and first == '-' and code - end < 0x100 and \
                    not [c for c in gap if c in all_codes or expected_of(c)]:
                out[-1] = (start, code, first)
                continue
            if value != '-' and first != '-' and '+' not in value + first and code == end + 1 and \
                    int(value, 16) == int(first, 16) + code - start:
                out[-1] = (start, code, first)
                continue
        out.append((code, code, value))
    for start, end, value in out:
        print '%x%s %s' % (start, end > start and '-%x' % end or '', value)

def codec(name, base, label, transform=identity, kind='same', prefix=False):
    """base: the table's characters by code; those of a second plane by 8fxxxx."""
    everything, codes, changes = {}, {}, []
    def expected_of(code):
        at = code >> 16 and code or transform(code)
        return at is not None and base.get(at) or None
    for a in xrange(0x80, 0x100):
        u = decoded(name, chr(a))
        if u is not None:
            changes.append((a, u))
            everything[chr(a)] = codes[a] = u
    for plane in prefix and (0, 0x8f) or (0,):
        for code in xrange(0x8000, 0x10000):
            s = (plane and chr(plane) or '') + two(code)
            if s[0] in everything or (plane and not code & 0x80):
                continue
            code |= plane << 16
            u = decoded(name, s)
            if u is not None and len(u) == 2 and name == 'euc_kr':
                raise ValueError(s)
            if u is not None:
                everything[s] = codes[code] = u
            if u != expected_of(code):
                changes.append((code, u))
    best = None
    for order in 'first', 'last':
        inverse = {}
        for s in sorted(everything, key=lambda s: (len(s), s)):
            if order == 'last' or everything[s] not in inverse:
                inverse[everything[s]] = s
        different = []
        for c in xrange(0x80, 0x30000):
            if 0xd800 <= c < 0xe000:
                continue
            e = encoded(name, unichr(c))
            if name == 'euc_kr' and e is not None and len(e) == 8:
                e = None
            if e != inverse.get(unichr(c)):
                different.append((c, e))
        for u in inverse:
            if len(u) > 1 and encoded(name, u) != inverse[u]:
                raise ValueError((name, u))
        if best is None or len(different) < len(best[1]):
            best = order, different
    print '@codec %s %s %s %s' % (name, label, kind, best[0])
    runs(changes, codes, expected_of)
    print '@encode %s' % name
    for c, e in best[1]:
        print '%x %s' % (c, e is None and '-' or e.encode('hex'))

def planes(first, second):
    both = dict(first)
    for code in second:
        both[0x8f0000 | code] = second[code]
    return both

gb = table('gb', 'gb18030')
codec('gbk', gb, 'gb')
codec('gb2312', gb, 'gb')
print '@codec gb18030 gb same first'
print '@ranges gb18030'
run = None
for i in xrange(39420):
    a, r = divmod(i, 12600)
    b, r = divmod(r, 1260)
    c, d = divmod(r, 10)
    u = ord((chr(0x81 + a) + chr(0x30 + b) + chr(0x81 + c) + chr(0x30 + d)).decode('gb18030'))
    if run and run[0] + run[2] == i and run[1] + run[2] == u:
        run[2] += 1
    else:
        if run:
            print '%x %x %x' % tuple(run)
        run = [i, u, 1]
print '%x %x %x' % tuple(run)
ks = table('ks', 'cp949')
codec('cp949', ks, 'ks')
codec('euc_kr', ks, 'ks')
codec('johab', table('johab', 'johab'), 'johab')
big5 = table('big5', 'big5')
codec('big5', big5, 'big5')
codec('cp950', big5, 'big5')
codec('big5hkscs', table('hkscs', 'big5hkscs'), 'hkscs')
jis = table('jis', 'euc_jp')
jis = planes(jis, table('jis:8f', 'euc_jp', chr(0x8f)))
codec('euc_jp', jis, 'jis', prefix=True)
codec('shift_jis', jis, 'jis', euc_of_sjis, 'sjis')
codec('cp932', jis, 'jis', euc_of_sjis, 'sjis')
jisx = table('jisx', 'euc_jis_2004')
jisx = planes(jisx, table('jisx:8f', 'euc_jis_2004', chr(0x8f)))
codec('euc_jis_2004', jisx, 'jisx', prefix=True)
codec('euc_jisx0213', jisx, 'jisx', prefix=True)
codec('shift_jis_2004', jisx, 'jisx', plane_of_sjis, 'sjisx')
codec('shift_jisx0213', jisx, 'jisx', plane_of_sjis, 'sjisx')
