# What a generator sees of the exception being handled around it.
import sys
def g():
    print 'in g', sys.exc_info()[0]
    try:
        raise KeyError
    except KeyError:
        yield sys.exc_info()[0].__name__
    yield sys.exc_info()[0] and sys.exc_info()[0].__name__
try:
    raise ValueError
except ValueError:
    it = g()
    print it.next(), sys.exc_info()[0].__name__
    print it.next(), sys.exc_info()[0].__name__
