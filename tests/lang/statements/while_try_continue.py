# continue and break inside try, finally and with.
def f():
    out = []
    for i in range(5):
        try:
            if i == 1: continue
            if i == 3: break
            out.append(i)
        finally:
            out.append('f%d' % i)
    return out
print f()
def g():
    for i in range(3):
        try:
            return i
        finally:
            if i < 1: break
    return 'after'
print g()
def h():
    try:
        return 'try'
    finally:
        return 'finally'
print h()
