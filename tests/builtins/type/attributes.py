# What types say of themselves.
for t in (int, long, float, str, unicode, list, tuple, dict, set, object, type, file, bool, basestring, complex, type(None), type(len), type(lambda: 0), type(type.__dict__), type(Ellipsis), type(NotImplemented)):
    print t, t.__name__, t.__module__, t.__bases__, t.__mro__[-1] is object, t.__basicsize__, t.__itemsize__, t.__flags__ & (1 << 10) != 0, t.__dictoffset__, t.__weakrefoffset__ if 0 else ''
print type(5), type(type), type(5) is int, type('X', (), {}).__module__, object.__doc__, type(None)() if 0 else None
for text in ('type(None)()', 'basestring()', 'type(len)()', 'class X(type(None)): pass', 'class X(bool): pass', 'class X(type(len)): pass', 'class X(slice): pass', 'type(iter([]))()', 'type(Ellipsis)()', 'object.__new__(list)', 'list.append(5, 6)', 'list.append()', 'str.upper(5)', 'dict.keys([])', 'int.__add__("a", 1)', 'int.__add__(1)', '(1).__add__("a")', 'type.__call__()', 'object.__init__()', 'list.__len__({})', 'list.__getitem__([1], "a")', 'object().__init__(1)', 'len.__call__()', 'int.__new__()', 'type(int.__dict__)()', 'str.join(",", 5)', 'super(int)'):
    try:
        exec ('print repr(' + text + ')' if not text.startswith('class') else text)
    except Exception as e:
        print text, type(e).__name__, e
print int.__add__, [].append.__name__, str.join, list.__len__, len, [].__len__.__name__, type(list.append), type([].append), type(int.__add__), type((1).__add__), int.real, type(int.real), dict.__dict__['fromkeys'], 'abc'.upper.__self__, len.__self__, len.__module__, [].append.__doc__ is not None, list.append.__objclass__
