# super: bound, class methods, attributes of it, errors.
class A(object):
    x = 'A.x'
    @classmethod
    def k(cls): return cls.__name__
    @property
    def p(self): return 'A.p'
class B(A):
    x = 'B.x'
    @classmethod
    def k(cls): return 'B' + super(B, cls).k()
    def get(self): return super(B, self).x, super(B, self).p
b = B()
print B.k(), b.get(), super(B, b).__thisclass__, super(B, b).__self__ is b, super(B, b).__self_class__
print str(super(B, b))[:23], super(B).__self__, super(B).__get__(b, B).x
for text in ('super(B, 5)', 'super(5, b)', 'super()', 'super(B, b).nope', 'super(A, b).k'):
    try:
        print eval(text)
    except (TypeError, AttributeError) as e:
        print e
