# doctest + unittest
import doctest, unittest, sys
def fact(n):
    """Factorial.

    >>> fact(5)
    120
    >>> [fact(n) for n in range(4)]
    [1, 1, 2, 6]
    >>> fact(-1)
    Traceback (most recent call last):
        ...
    ValueError: negative
    >>> fact(3)
    7
    >>> print 'a\\n\\nb'
    a
    <BLANKLINE>
    b
    >>> range(20) # doctest: +ELLIPSIS
    [0, 1, ..., 19]
    >>> undefined
    1
    """
    if n < 0: raise ValueError('negative')
    return 1 if n < 2 else n * fact(n - 1)
import re
_write = sys.stdout.write
class Out(object):
    def write(self, s): _write(re.sub(r'in [\d.]+s', 'in Ts', re.sub(r'File "[^"]*/', 'File "', s)))
    def flush(self): pass
sys.stdout = Out()
class T(unittest.TestCase):
    @classmethod
    def setUpClass(cls): print 'setUpClass'
    def setUp(self): self.x = 1; self.addCleanup(sys.stdout.write, 'cleanup\n')
    def tearDown(self): pass
    def test_ok(self): self.assertEqual(1, 1); self.assertIn(1, [1]); self.assertRaises(ValueError, int, 'x'); self.assertAlmostEqual(1.00000001, 1); self.assertIsNone(None); self.assertTrue(1); self.assertItemsEqual([1, 2], [2, 1]); self.assertRegexpMatches('abc', 'b')
    def test_fail_eq(self): self.assertEqual([1, 2, 3], [1, 2, 4])
    def test_fail_str(self): self.assertEqual('line1\nline2\n', 'line1\nlineX\n')
    def test_fail_dict(self): self.assertEqual({'a': 1}, {'a': 2}, 'custom')
    def test_fail_true(self): self.assertTrue(0)
    def test_fail_in(self): self.assertIn(5, [1])
    def test_fail_raises(self):
        with self.assertRaises(KeyError): pass
    def test_error(self): {}['k']
    @unittest.skip('why not')
    def test_skip(self): pass
    @unittest.expectedFailure
    def test_xfail(self): self.fail('expected')
    @unittest.expectedFailure
    def test_xpass(self): pass
    def test_skip2(self): self.skipTest('inside')
    def test_doc(self):
        "first line of doc"
        self.assertGreater(1, 2)
    def test_ctx(self):
        with self.assertRaises(ValueError) as c: int('zz')
        print c.exception
    def test_long(self): self.maxDiff = 10; self.assertEqual(range(50), range(49))
    def test_tuple(self): self.assertEqual((1,), (1, 2))
    def test_set(self): self.assertEqual(set([1]), set([2]))
    def test_regex(self): self.assertRaisesRegexp(ValueError, 'nope', int, 'x')
    def test_almost(self): self.assertAlmostEqual(1, 2, places=3)
    def test_isinst(self): self.assertIsInstance(1, str)
import re, StringIO
for v in (1, 2):
    s = StringIO.StringIO(); r = unittest.TextTestRunner(stream=s, verbosity=v).run(unittest.TestLoader().loadTestsFromTestCase(T)); print re.sub(r'in [\d.]+s', 'in Ts', s.getvalue()); print r, r.wasSuccessful()
suite = unittest.TestSuite(); suite.addTest(T('test_ok')); suite.addTest(doctest.DocTestSuite()); s = StringIO.StringIO(); unittest.TextTestRunner(stream=s, failfast=True, buffer=True).run(suite); print re.sub(r'in [\d.]+s', 'in Ts', s.getvalue())
try: unittest.TestLoader().loadTestsFromName('nope.mod')
except ImportError, e: print e
try: T('nomethod')
except ValueError, e: print e
class S(unittest.TestCase):
    def setUp(self): raise RuntimeError('setup')
    def runTest(self): pass
    def tearDown(self): print 'never'
S().debug.__name__; s = StringIO.StringIO(); unittest.TextTestRunner(s, descriptions=False).run(S()); print re.sub(r'in [\d.]+s', 'in Ts', s.getvalue())
print doctest.testmod(); sys.stderr = sys.stdout
unittest.main(argv=['prog', 'T.test_ok', 'T.test_fail_true'], testRunner=unittest.TextTestRunner(stream=sys.stdout))
