# Text: joining, splitting, formatting, replacing, searching; str and unicode.
import sys


def build(n):
    parts = []
    for i in xrange(n):
        parts.append('%d:%s' % (i, chr(97 + i % 26) * (i % 7)))
    text = ','.join(parts)
    sum_ = ''
    for i in xrange(n / 10):
        sum_ += str(i)
    return text, sum_


def analyse(text):
    fields = text.split(',')
    words = [field.partition(':')[2] for field in fields]
    upper = ' '.join(words).upper().replace('A', '<a>')
    where = upper.find('ZZZZZ')
    return len(fields), upper.count('<a>'), where


def wide(n):
    out = u''.join([unichr(0x3b1 + i % 24) for i in xrange(n)])
    return len(out.encode('utf-8')), out.encode('utf-8').decode('utf-8') == out, out[::-1].find(u'\u03b1')


def main(rounds):
    for _ in xrange(rounds):
        text, digits = build(10000)
        assert analyse(text) == (10000, 1155, 425), analyse(text)
        assert len(digits) == 2890
        assert wide(5000) == (10000, True, 7), wide(5000)
        assert '{0:>8}|{1!r}|{name:05.1f}'.format('x', 'y', name=2.25) == "       x|'y'|002.2"


main(int(sys.argv[1]) if len(sys.argv) > 1 else 80)
print 'ok'
