# array: every typecode, methods, errors.
from array import array
for t in 'cbBuhHiIlLfd':
    a = array(t, 'ab' if t == 'c' else u'\xe9b' if t == 'u' else [1, 2])
    print repr(a), a.itemsize, a.typecode, len(a), repr(a[0]), repr(a[-1:]), a.tostring().encode('hex')
a = array('i', [3, 1, 2])
a.append(5); a.extend([6]); a.insert(0, 9); a.remove(1); print a, a.pop(), a.pop(0), a.index(2), a.count(5), a.reverse(), a, a.tolist(), a * 2, a + a, a == array('i', a), a < array('i', [9]), 5 in a, a[::-1], a.buffer_info()[1], array('i', a.tostring()) == a
a[1:2] = array('i', [7, 8]); del a[0]; a.byteswap(); print a; a.fromstring('\1\0\0\0'); print a, array('u', u'ab').tounicode() == u'ab', array('c', 'xy').tostring(), buffer(array('c', 'xy'))[0], array('d', [1.5]).tolist(), repr(array('c')), array('B', 'ab'), memoryview(array('b', [1])) if 0 else ''
for text in ('array()', 'array("z")', 'array("i", ["a"])', 'array("b", [200])', 'array("B", [-1])', 'array("i", [2 ** 40])', 'array("c", "ab").append("cd")', 'array("i").pop()', 'array("i")[0]', 'array("i", [1]).remove(2)', 'array("i", "abc")', 'array("i", [1]) + [2]', 'array("i", [1]) + array("b", [1])', 'array("i", [1.5])', 'hash(array("i"))', 'array("u", "a")', 'array("i", 5)', 'array("f", ["a"])', 'array("L", [-1])', 'array("i", [1])["a"]'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
