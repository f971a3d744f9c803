# `except C` asks the metaclass of C, through __subclasscheck__; what that raises is reported and no match.
class Open(type):
    def __subclasscheck__(cls, other):
        print 'asked', cls.__name__, other.__name__
        return cls.answer


class Yes(Exception):
    __metaclass__ = Open
    answer = True


class No(Exception):
    __metaclass__ = Open
    answer = False


class Fails(Exception):
    class __metaclass__(type):
        def __subclasscheck__(cls, other):
            print 'failing for', other.__name__
            raise ZeroDivisionError('from the check')


def attempt(error, *kinds):
    try:
        try:
            raise error
        except kinds, e:
            print 'caught', type(e).__name__
    except Exception, e:
        print 'past', type(e).__name__, e


attempt(KeyError(1), Yes)
attempt(KeyError(1), No)
attempt(KeyError(1), No, Yes)
attempt(No('itself'), No)
attempt(Yes('itself'), Yes)
attempt(KeyError(1), Fails)
attempt(KeyError(1), Fails, LookupError)


class Classic:
    pass


try:
    raise Classic()
except Yes, e:
    print 'caught', e.__class__.__name__
for kind in (Yes, No):
    try:
        print getattr(object(), 'missing', 5), hasattr(object(), 'missing')
        next(iter([]))
    except kind:
        print 'caught by', kind.__name__
    except StopIteration:
        print 'ended'
