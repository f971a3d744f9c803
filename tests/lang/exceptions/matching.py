# except clauses: classes, tuples, nested tuples, subclasses, strings, order, bare.
def test(error, *kinds):
    try:
        try:
            raise error
        except kinds as e:
            return 'matched', type(e).__name__
    except BaseException as e:
        return 'passed', type(e).__name__
print test(KeyError('x'), LookupError), test(KeyError(), IndexError, KeyError), test(ValueError(), KeyError)
print test(UnicodeDecodeError('a', 'b', 0, 1, 'r'), ValueError)
try:
    raise IOError(2, 'No such', 'f')
except (KeyError, (OSError, IOError)), e:
    print e.errno, e.strerror, e.filename, e
try:
    try:
        1 / 0
    except ValueError:
        print 'no'
    else:
        print 'no'
    finally:
        print 'finally'
except:
    print 'bare'
class Old: pass
try:
    raise Old()
except Old as o:
    print o.__class__.__name__
for bad in ("raise 5", "raise 'string'", "raise None", "raise object", "raise Old, 5" , "raise", "raise KeyError(), 5"):
    try:
        exec bad
    except TypeError as e:
        print bad, '->', e
    except Old:
        print 'Old'
    except Exception as e:
        print bad, type(e), e
