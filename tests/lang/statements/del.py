# del of names, items, attributes, slices; what a deleted local says.
d = {1: 1, 2: 2}
l = range(6)
del d[1], l[0], l[1:3]
print d, l
del l[:], (d)
try:
    d
except NameError as error:
    print error
def f():
    x = 1
    del x
    try:
        x
    except UnboundLocalError as error:
        print error
f()
try:
    del undefined
except NameError as error:
    print error
class C(object): pass
try:
    del C().x
except AttributeError as error:
    print repr(error)
try:
    del C.y
except AttributeError as error:
    print error
