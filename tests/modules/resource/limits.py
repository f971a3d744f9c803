# resource: kinds, errors, the type of usage.
import resource


def attempt(f, *args):
    try:
        print repr(f(*args))
    except Exception as e:
        print '%s: %s' % (type(e).__name__, e)


print sorted((name, getattr(resource, name)) for name in dir(resource) if name.startswith('R'))
print resource.error.__mro__[1], resource.getpagesize()
for args in [(), (99,), (-1,), ('a',)]:
    attempt(resource.getrlimit, *args)
for args in [(7, (1, 2, 3)), (99, (1, 1)), (7, (5, 3)), (7, 5), (0, ('a', 1)), (7,)]:
    attempt(resource.setrlimit, *args)
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
print soft > 0, hard >= soft
u = resource.getrusage(resource.RUSAGE_SELF)
print type(u), len(u), [type(x).__name__ for x in u], u.ru_utime == u[0], u.n_fields, u.n_sequence_fields
print repr(u)[:32], len(resource.getrusage(resource.RUSAGE_CHILDREN))
attempt(resource.getrusage, 5)
attempt(resource.getrusage, 'a')
attempt(resource.struct_rusage, (1,))
print resource.struct_rusage(range(16))
