# getattr, setattr, delattr, hasattr with properties that fail.
class C(object):
    @property
    def attr_error(self): raise AttributeError('from inside')
    @property
    def other(self): raise ValueError('other')
    def __setattr__(self, n, v): print 'set', n, v; object.__setattr__(self, n, v)
    def __delattr__(self, n): print 'del', n; object.__delattr__(self, n)
c = C()
print hasattr(c, 'attr_error'), getattr(c, 'attr_error', 'dflt'), hasattr(c, 'other')
for text in ('c.attr_error', 'c.other', 'getattr(c, "other", 1)', 'getattr(c, "zz")', 'delattr(c, "zz")', 'setattr(c, "attr_error", 1)', 'getattr(c, 5)', 'hasattr(c, 5)', 'getattr(c)', 'c.__class__.zz', 'delattr(C, "zz")'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
setattr(c, 'x y', 1); print getattr(c, 'x y'), c.__dict__; delattr(c, 'x y'); print c.__dict__
