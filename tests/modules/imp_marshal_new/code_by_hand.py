# Code objects that no compiler makes: what does not fit together is an error when it runs, nothing worse.
# expected: by hand (the reference crashes, or reads what is not there)
import types

def make(code, argcount=0, nlocals=0, stack=4, flags=0, consts=(None,), names=(), varnames=(), free=(), cells=()):
    return types.CodeType(argcount, nlocals, stack, flags, code, consts, names, varnames, 'f', 'n', 1, '', free, cells)

def attempt(name, *given, **how):
    try:
        f = types.FunctionType(make(**how), {})
        result = f(*given)
        print name, result
    except Exception, e:
        print name, type(e).__name__

RETURN = 'd\0\0S'
attempt('cells without names', 1, 2, code=RETURN, argcount=2, nlocals=5, flags=3, varnames=('a', 'b'), cells=('z',))
attempt('slots without names', 1, 2, 3, code=RETURN, argcount=1, nlocals=3, flags=4, varnames=('a',), cells=('q', 'a'))
attempt('fewer slots than arguments', 1, 2, code=RETURN, argcount=2, nlocals=1, varnames=('a', 'b'))
attempt('underflow', code='\x01S')
attempt('constant', code='d\5\0S')
attempt('name', code='t\5\0S')
attempt('local', code='|\5\0S', nlocals=1, varnames=('a',))
attempt('no name for the local', code='|\2\0S', nlocals=4, varnames=('a',))
attempt('cell', code='\x88\5\0S')
attempt('jump out', code='q\xff\xffS')
attempt('jump into an operand', code='q\4\0d\0\0S')
attempt('end', code='d\0\0')
attempt('empty', code='')
attempt('half', code='d\0')
attempt('unknown', code='\xffS')
attempt('deep', code='d\0\0' * 100 + 'S', stack=1)
attempt('block', code='WS')
attempt('yield', code='d\0\0VS')
