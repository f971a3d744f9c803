# Reflected operators, priority of subclasses, NotImplemented.
class A(object):
    def __init__(self, name): self.name = name
    def __add__(self, other): print 'A.add', self.name; return NotImplemented
    def __radd__(self, other): print 'A.radd', self.name; return self.name
class B(A):
    def __radd__(self, other): print 'B.radd', self.name; return self.name
print A('x') + B('y')
print B('x') + A('y') if 0 else '-'
print 5 + A('z')
try:
    A('p') + 5
except TypeError as error:
    print error
try:
    object() + 1
except TypeError as error:
    print error
try:
    [] + ()
except TypeError as error:
    print error
try:
    'a' + 1
except TypeError as error:
    print error
try:
    1 + 'a'
except TypeError as error:
    print error
