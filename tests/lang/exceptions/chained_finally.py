# finally replacing an exception, and return swallowing one.
def f():
    try:
        raise KeyError(1)
    finally:
        raise ValueError(2)
try:
    f()
except Exception as e:
    print repr(e)
def g():
    try:
        raise KeyError
    finally:
        return 'swallowed'
print g()
def h(log):
    for i in 1, 2, 3:
        try:
            try:
                if i == 2: raise IndexError(i)
            except KeyError:
                log.append('never')
            else:
                log.append('else %d' % i)
            finally:
                log.append('finally %d' % i)
        except IndexError as e:
            log.append(repr(e))
    return log
print h([])
