# append, extend, insert, pop, remove, index, count, reverse and their errors.
l = [1, 2, 3]
l.append(4); l.extend('ab'); l.insert(0, 'first'); l.insert(-1, 'last but one'); l.insert(100, 'end'); l.insert(-100, 'start')
print l, l.pop(), l.pop(0), l.pop(-2), l, l.index(2), l.index('b'), l.count(2), l.remove(3), l, l.reverse(), l
l.extend(l); print l
l += (1, 2); print l, l * 2 == l + l, [] * 5, [0] * 3, 2 * [1, 'x'], [1] + [2], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [1, 2] == [1, 2], cmp([2], [1, 5])
for text in ('[].pop()', '[1].pop(5)', '[].remove(1)', '[].index(1)', '[1].index(1, 1)', '[].append()', '[1].insert(0)', '[].extend(5)', '[1] + (2,)', '[1] * "a"', '[1]["x"]', '[1][5]', '[][0]', '[1].pop("x")', '[].sort(5)', '[1] * 1.5', 'hash([])', '[1, "a", 2j].sort()', '[0] * 2 ** 62', 'list(5)', '[].insert("a", 1)', '[].index()', 'list(1, 2)'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
print list(), list('abc'), list((1, 2)), list({1: 2}), list(xrange(3)), [1, 2, 3].index(3, -1), [5, 6, 5].index(5, 1), [[]] * 2, 3 in [1, 2, 3], [1] is [1], list(x for x in 'ab')
