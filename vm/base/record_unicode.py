# SPDX-License-Identifier: MIT
"""Records the Unicode facts a Python 2.7 knows into the text that gen_unicode.mjs reads.

Run with the reference interpreter: python2.7 record_unicode.py > unicode_data.txt
The text has sections ("@name" lines); each says its form in gen_unicode.mjs.
"""
import sys
import unicodedata as now
old = now.ucd_3_2_0

MAX = 0x110000
chars = [unichr(c) for c in xrange(MAX)]

def number(v):
    if v is None:
        return ''
    if v == int(v):
        return '%d' % v
    for d in xrange(2, 1000):
        if float(int(round(v * d))) / d == v:
            return '%d/%d' % (round(v * d), d)
    raise ValueError(v)

def properties(db, u):
    return (db.category(u), db.bidirectional(u), db.combining(u), db.east_asian_width(u),
            db.mirrored(u), db.decimal(u, ''), db.digit(u, ''), number(db.numeric(u, None)))

def ctype(u):
    c = ord(u)
    flags = (u.isalpha() and 'a' or '') + (u.isspace() and 's' or '') + (u.islower() and 'l' or '') + \
        (u.isupper() and 'u' or '') + (u.istitle() and not u.isupper() and 't' or '') + \
        (len((u + u'x').splitlines()) > 1 and 'b' or '')
    return (flags, ord(u.upper()) - c, ord(u.lower()) - c, ord(u.title()) - c)

def runs(name, function):
    records, out, last, count = {}, [], None, 0
    order = []
    for u in chars:
        r = function(u)
        if r not in records:
            records[r] = len(order)
            order.append(r)
        i = records[r]
        if i == last:
            count += 1
        else:
            if count:
                out.append((count, last))
            last, count = i, 1
    out.append((count, last))
    print '@%s_records' % name
    for r in order:
        print ','.join(str(x) for x in r)
    print '@%s_runs' % name
    line = ''
    for count, i in out:
        item = '%s%s' % (i, count > 1 and '*%d' % count or '')
        if len(line) + len(item) > 110:
            print line
            line = ''
        line += (line and ' ' or '') + item
    print line

runs('properties', lambda u: properties(now, u))
runs('properties_3_2_0', lambda u: properties(old, u))
runs('ctype', ctype)

# Decompositions: "hex[+]: tag and code points"; the gap to the previous entry is what is written.
def decompositions():
    last = 0
    for u in chars:
        d = now.decomposition(u)
        if d:
            yield ord(u) - last, d
            last = ord(u)
print '@decomposition'
for gap, d in decompositions():
    words = []
    for w in d.split():
        words.append(w[0] == '<' and w[1:2] + w[2:-1] or w.lstrip('0').lower() or '0')
        if w[0] == '<':
            words[-1] = '<' + words[-1]
    print '%s%s' % (gap != 1 and '%x ' % gap or '', ' '.join((gap == 1 and ['='] or []) + words))

# Canonical pairs that do not compose again.
print '@exclusions'
ex = []
for u in chars:
    d = now.decomposition(u)
    if d and d[0] != '<' and len(d.split()) == 2:
        pair = u''.join(unichr(int(x, 16)) for x in d.split())
        if now.normalize('NFC', pair) != u:
            ex.append('%x' % ord(u))
print ' '.join(ex)

# Characters that 3.2.0 decomposes otherwise.
print '@corrections'
for u in chars:
    if 0xD800 <= ord(u) < 0xE000:
        continue
    if old.category(u) != 'Cn' and old.normalize('NFD', u) != now.normalize('NFD', u):
        print '%x %s' % (ord(u), ' '.join('%x' % ord(c) for c in old.normalize('NFD', u)))
# Characters whose decomposition() answer in 3.2.0 differs although assigned then.
print '@old_decomposition'
for u in chars:
    if old.category(u) != 'Cn' and old.decomposition(u) != now.decomposition(u):
        print '%x %s' % (ord(u), old.decomposition(u))
    if old.category(u) == 'Cn' and old.decomposition(u):
        raise ValueError(u)

# Names: number of words shared with the previous name at its start, then the other words.
print '@names'
last, before = -1, []
for u in chars:
    n = now.name(u, '')
    if not n or n.startswith('CJK UNIFIED IDEOGRAPH-') or n.startswith('HANGUL SYLLABLE '):
        continue
    words = n.split(' ')
    k = 0
    while k < min(len(words), len(before), 9) and words[k] == before[k]:
        k += 1
    gap = ord(u) - last
    print '%s%d%s' % (gap != 1 and '%x,' % gap or '', k, ' '.join(words[k:]))
    last, before = ord(u), words
