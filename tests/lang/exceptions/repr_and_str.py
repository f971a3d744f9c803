# str, repr, args, message and pickling of exceptions.
import pickle
for e in (Exception(), Exception('a'), Exception('a', 1), KeyError('k'), KeyError(), KeyError(1, 2), IOError(1, 'no'), IOError(1, 'no', 'file'),
          OSError('single'), SyntaxError('bad', ('f.py', 3, 5, 'text')), SyntaxError('only'), SystemExit(3), UnicodeDecodeError('ascii', 'ab\xff', 2, 3, 'why'),
          UnicodeEncodeError('ascii', u'a\xe9', 1, 2, 'why'), UnicodeTranslateError(u'a', 0, 1, 'r'), StopIteration(), AssertionError(u'\xe9')):
    try:
        print repr(e), '|', str(e),
    except UnicodeError as u:
        print type(u).__name__,
    print '|', e.args, pickle.loads(pickle.dumps(e, 2)).args == e.args
e = Exception('old')
e.args = (1, 2)
print e, e.args
print Exception('x')[0] if hasattr(Exception, '__getitem__') else 'no item'
