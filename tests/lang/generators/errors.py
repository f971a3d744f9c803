# A generator already executing, GeneratorExit ignored, errors that finish it.
def me():
    yield it.next()
it = me()
try:
    it.next()
except ValueError as error:
    print error
def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2
s = stubborn()
s.next()
try:
    s.close()
except RuntimeError as error:
    print error
def bad():
    yield 1
    raise KeyError('inside')
b = bad()
b.next()
try:
    b.next()
except KeyError as error:
    print repr(error)
print list(b)
try:
    b.throw(5)
except TypeError as error:
    print error
n = bad()
try:
    n.throw(IndexError, 'not begun')
except IndexError as error:
    print error, list(n)
