# Generators: a chain of them, itertools and generator expressions, pulled item by item.
import itertools
import sys


def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def scaled(source, by):
    for item in source:
        yield item * by


def window(source, size):
    held = []
    for item in source:
        held.append(item)
        if len(held) == size:
            yield tuple(held)
            del held[0]


def running(source):
    total = 0
    while True:
        for item in source:
            total += item
            sent = yield total
            if sent is not None:
                total = sent
        return


def main(n):
    chain = running(sum(w) for w in window(scaled(numbers(n), 3), 3) if w[1] % 2)
    last = 0
    for last in chain:
        pass
    assert last == sum(9 * i for i in xrange(1, n - 1) if 3 * i % 2), last
    odd = itertools.ifilter(lambda v: v & 1, itertools.imap(lambda v: v * v, xrange(n)))
    assert sum(itertools.islice(odd, 0, None)) == sum(v * v for v in xrange(1, n, 2))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000000)
print 'ok'
