# Dicts: counting, grouping and inverting over words made by a small generator of numbers.
import sys


def words(n):
    state = 12345
    for _ in xrange(n):
        state = (state * 1103515245 + 12345) & 0x7fffffff
        yield 'w%d' % (state >> 16) if state & 1024 else state >> 20


def main(n):
    counts = {}
    for word in words(n):
        counts[word] = counts.get(word, 0) + 1
    groups = {}
    for word, count in counts.iteritems():
        groups.setdefault(count, []).append(word)
    total = 0
    for count in sorted(groups):
        total += count * len(groups[count])
    assert total == n
    first = set(counts)
    second = dict.fromkeys(xrange(2048), None)
    both = [key for key in second if key in first]
    assert len(both) == len(first & set(second))
    for key in both:
        del counts[key]
    assert len(counts) == len(first) - len(both)
    if n == 800000:
        assert (len(first), len(both), max(groups)) == (34816, 2048, 243), (len(first), len(both), max(groups))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 800000)
print 'ok'
