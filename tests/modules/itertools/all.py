# Every itertools tool.
from itertools import *
print list(islice(count(5), 3)), list(islice(count(1.5, 0.5), 3)), count(3), list(islice(cycle('ab'), 5)), list(repeat(1, 3)), repeat(1, 2), list(chain('ab', [1])), list(chain.from_iterable(['ab', 'c'])), list(compress('abcd', [1, 0, 1])), list(dropwhile(lambda x: x < 3, [1, 3, 1])), list(takewhile(lambda x: x < 3, [1, 3, 1])), [(k, list(g)) for k, g in groupby('aabba')], [(k, list(g)) for k, g in groupby([1, 3, 2], lambda x: x % 2)], list(ifilter(None, [0, 1])), list(ifilterfalse(None, [0, 1])), list(imap(pow, [2, 3], [3, 2])), list(imap(None, 'ab', 'cd')), list(starmap(pow, [(2, 3)])), list(izip('ab', [1, 2, 3])), list(izip_longest('ab', 'c', fillvalue='-')), list(islice('abcdef', 1, 5, 2)), list(islice('abc', None)), [list(t) for t in tee('ab')], list(product('ab', [1, 2])), list(product('a', repeat=2)), list(product()), list(permutations('abc', 2)), list(combinations('abcd', 2)), list(combinations_with_replacement('ab', 2)), list(permutations([], 0)), list(combinations('a', 2))
a, b = tee(iter([1, 2, 3]))
print a.next(), a.next(), list(b), list(a)
for text in ('islice([], -1)', 'islice([], 1, 2, 0)', 'count("a")', 'repeat()', 'cycle(5)', 'chain(5).next()', 'imap()', 'izip(5)', 'product(5)', 'combinations("a", -1)', 'permutations("ab", "x")', 'tee([], -1)', 'groupby(5)', 'starmap(pow, [5]).next()', 'izip_longest(a=1)', 'ifilter(5, [1]).next()', 'islice("abc", "x")', 'product(repeat=-1)', 'compress([1])', 'next(iter(takewhile(5, [1])))'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
