# The tree of built-in exceptions.
def show(cls, depth):
    print '  ' * depth + cls.__name__
    for sub in sorted(cls.__subclasses__(), key=lambda c: c.__name__):
        if sub.__module__ == 'exceptions':
            show(sub, depth + 1)
show(BaseException, 0)
