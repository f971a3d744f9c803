# bytearray: mutation, str methods, numbers, errors.
b = bytearray('hello')
b[0] = 'J'; b[1] = 101; b.append('!'); b.extend([65, 66]); b += 'xy'; b.insert(0, 33); b[1:3] = 'ZZZ'; del b[-1]; del b[::5]
print b, repr(b), len(b), b[0], b[-1:], b.pop(), b.pop(0), b.remove(108), b, b.reverse(), b, b.upper(), b.find('Z'), b.split('Z'), b.replace('Z', 'qq'), 'Z' in b, 90 in b, b * 2, b + 'x', 'x' + b, type('x' + b).__name__, b == str(b), b < 'zz', hash(str(b)) is not None, list(b), b.decode('latin-1'), b.join(['a', bytearray('b')]), bytearray(3), bytearray(u'\xe9', 'utf-8'), bytearray([1, 255]), bytearray.fromhex('00 ff'), bytearray(), b.__alloc__() >= len(b)
print b.isalpha(), bytearray('a,b').partition(','), bytearray('  x ').strip(), bytearray('abc').translate(None, 'b'), bytearray('A\tb').expandtabs(4), bytearray('ab').center(6, '*'), bytearray('a\nb').splitlines(), '%s' % bytearray('p'), bytearray('x').startswith('x'), bytearray('aXb').title(), bytearray('5').zfill(3), sorted(bytearray('cab')), bytearray('ab')[::-1], bytearray('a') * 0
for text in ('bytearray([256])', 'bytearray([-1])', 'bytearray(-1)', 'bytearray("a")[5]', 'bytearray(u"a")', 'bytearray(5, "ascii")', 'bytearray("a").append("ab")', 'bytearray("a").append(256)', 'bytearray("a").remove(5)', 'bytearray().pop()', 'hash(bytearray())', 'bytearray.fromhex("0")', 'bytearray.fromhex("zz")', 'bytearray("a")["x"]', 'bytearray("a").index("z")', 'bytearray("a") + 5', 'bytearray("a") + u"b"', 'bytearray([1.5])', 'bytearray(2 ** 62)', 'bytearray(["ab"])', 'bytearray("ab").extend(5)'):
    try:
        print repr(eval(text))
    except Exception as e:
        print text, type(e).__name__, e
