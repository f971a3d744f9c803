import contextlib
import functools


def entry(*names, **options):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            wrapper.calls += 1
            return names, sorted(options.items()), function(*args, **kwargs)
        wrapper.calls = 0
        return wrapper
    return decorate


class Ledger(object):
    """Keeps sums by name."""
    __slots__ = ('rows', '__weakref__')
    kinds = {'in': 1, 'out': -1}

    def __init__(self, rows=()):
        self.rows = list(rows)

    @property
    def total(self):
        return sum(self.kinds[kind] * amount for kind, amount in self.rows)

    @contextlib.contextmanager
    def transaction(self):
        before = self.rows[:]
        try:
            yield self
        except ValueError, error:
            self.rows[:] = before
            print 'rolled back:', error
        else:
            print 'kept', len(self.rows) - len(before)
        finally:
            print 'total', self.total

    def pairs(self):
        for i, (kind, amount) in enumerate(self.rows):
            if not amount:
                continue
            got = yield i, kind, amount
            if got is not None:
                print >>got, 'told', i

    def by_kind(self):
        return {kind: [a for k, a in self.rows if k == kind] for kind in set(k for k, _ in self.rows)}


class Old:
    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError, name
        return lambda *args: (name, args)


def fail(depth):
    if depth:
        return fail(depth - 1)
    raise LookupError('at the bottom', depth)


def run(source, **names):
    exec source in names
    return names['answer']


def nested(a, (b, c), *rest):
    def inner(d):
        return a + b + c + d + len(rest)
    return map(inner, rest), lambda x=a: x + b
