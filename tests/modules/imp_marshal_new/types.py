# types and new: making functions, code, modules, classes and instances by hand.
import types, new, imp
def f(a, b=2): return a + b + g
c = f.func_code
k = types.CodeType(c.co_argcount, c.co_nlocals, c.co_stacksize, c.co_flags, c.co_code, c.co_consts, c.co_names, c.co_varnames, 'file', 'name', 10, c.co_lnotab)
g2 = types.FunctionType(k, {'g': 100}, 'made', (5,)); print g2(1), g2.__name__, k.co_name, k == c, hash(k) is not None
m = types.ModuleType('m', 'doc'); m.x = 1; print m, m.__doc__, m.__dict__['x'], new.classobj('K', (), {'a': 1}).a, types.ClassType('O', (), {})().__class__.__name__, new.instance(types.ClassType('P', (), {}), {'z': 3}).z, imp.find_module('os')[2], imp.get_suffixes()[-1], imp.is_builtin('sys'), imp.is_builtin('os'), imp.lock_held(), imp.get_magic() == imp.get_magic()
for text in ('types.CodeType()', 'types.FunctionType(5, {})', 'types.FunctionType(k, 5)', 'types.FunctionType((lambda x: lambda: x)(1).func_code, {})', 'types.CodeType(-1, 0, 0, 0, "", (), (), (), "", "", 1, "")', 'types.CodeType(0, 0, 0, 0, "", 5, (), (), "", "", 1, "")', 'types.ModuleType()', 'types.ModuleType(5)', 'types.MethodType(5, None)', 'types.ClassType(5, (), {})', 'imp.find_module("nope")', 'imp.load_source("x", "nope")', 'imp.new_module(5)', 'types.InstanceType(5)', 'types.CodeType(0, 0, 0, 0, "", (), (1,), (), "", "", 1, "")'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
