# The stock modules import and do something.
import re, string, copy, pickle, decimal, random, collections, json, unittest, datetime, tempfile, threading, Queue, argparse, doctest, traceback, dis, inspect
import textwrap, fractions, contextlib, optparse, ConfigParser, StringIO, difflib, pprint, calendar, urlparse, HTMLParser, shlex, glob, fnmatch, getopt, abc, types, UserDict, numbers, linecache, heapq, base64, bisect, logging, timeit, xml.sax.saxutils, email.message, string, gettext, locale, platform, repr as r
print decimal.Decimal('1.1') + decimal.Decimal(2), fractions.Fraction(3, 6), textwrap.fill('a b c d', 3), pprint.pformat({'b': 1, 'a': [1, 2]}), calendar.month(2020, 2), urlparse.urlparse('http://h:80/p?q#f'), shlex.split('a "b c"'), fnmatch.fnmatch('a.py', '*.py'), getopt.getopt(['-a', 'x'], 'a'), base64.b64encode('hi'), string.Template('$a').substitute(a=1), copy.deepcopy([{1: [2]}]), list(difflib.ndiff(['a'], ['b'])), platform.system(), r.repr(range(100)), xml.sax.saxutils.escape('<&>'), platform.python_implementation()
p = argparse.ArgumentParser(prog='p'); p.add_argument('-n', type=int, default=3); p.add_argument('f', nargs='*'); print p.parse_args(['-n', '5', 'x']), p.format_usage()
print inspect.getargspec(lambda a, b=1, *c, **d: 0), inspect.isfunction(len), inspect.getmodule(decimal.Decimal).__name__, inspect.getsource(textwrap.dedent)[:20]
class T(unittest.TestCase):
    def test_ok(self): self.assertEqual(1, 1)
    def test_fail(self): self.assertEqual(1, 2)
    @unittest.skip('why')
    def test_skip(self): pass
out = StringIO.StringIO(); result = unittest.TextTestRunner(out, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(T)); print result, re.sub(r'[\d.]+s', 'Ns', out.getvalue())
print doctest.run_docstring_examples.__name__, doctest.DocTestParser().parse('>>> 1\n1\n')[1].want
cfg = ConfigParser.ConfigParser(); cfg.readfp(StringIO.StringIO('[s]\na=1\n')); print cfg.items('s'), tempfile.gettempdir() != '', Queue.Queue().empty(), threading.currentThread().getName(), contextlib.contextmanager.__name__
q = Queue.PriorityQueue(); q.put(3); q.put(1); print q.get(), logging.getLevelName(20), locale.setlocale(locale.LC_ALL, 'C'), timeit.default_timer() > 0
def f():
    'doc'
    try:
        1 / 0
    except ZeroDivisionError:
        return traceback.format_exc()
print f(), inspect.getdoc(f)
