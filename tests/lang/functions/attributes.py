# Function attributes, names, docs, code replacement.
def f(a, b=1):
    'doc of f'
    return a
f.x = 1
print f.__name__, f.func_name, f.__doc__, f.__dict__, f.__module__, f.func_code.co_argcount
f.__name__ = 'renamed'
print f.__name__, str(f)[:18]
def g(a, b=1): return b
f.func_code = g.func_code
print f(5)
try:
    f.func_code = (lambda: bump_free).func_code
    def h():
        z = 1
        return lambda: z
    f.func_code = h().func_code
except ValueError as error:
    print error
for name, value in (('__name__', 5), ('func_code', 5), ('func_dict', 5), ('func_defaults', 5)):
    try:
        setattr(f, name, value)
    except TypeError as error:
        print error
