# Linked structures through pointers: a list, a tree, a structure completed later, keeping alive.
import gc
from ctypes import *

class Node(Structure):
    pass
Node._fields_ = [('value', c_int), ('next', POINTER(Node))]

head = None
for i in range(10):
    node = Node(i)
    if head is not None:
        node.next = pointer(head)
    head = node
del node
gc.collect()
p = pointer(head)
seen = []
while p:
    seen.append(p.contents.value)
    p = p.contents.next
print seen
# reverse in place
previous, p = POINTER(Node)(), pointer(head)
while p:
    following = POINTER(Node)(p.contents.next.contents) if p.contents.next else POINTER(Node)()
    p.contents.next = previous
    previous, p = p, following
p, seen = previous, []
while p:
    seen.append(p[0].value)
    p = p[0].next
print seen

class Tree(Structure):
    def insert(self, key):
        side = 'left' if key < self.key else 'right'
        child = getattr(self, side)
        if child:
            child.contents.insert(key)
        else:
            setattr(self, side, pointer(Tree(key)))
    def walk(self):
        if self.left:
            for k in self.left.contents.walk():
                yield k
        yield self.key
        if self.right:
            for k in self.right[0].walk():
                yield k
Tree._fields_ = [('key', c_int), ('left', POINTER(Tree)), ('right', POINTER(Tree))]
root = Tree(50)
for k in 30, 70, 20, 40, 60, 80, 10:
    root.insert(k)
gc.collect()
print list(root.walk()), bool(root.left), bool(root.left.contents.left[0].left[0].left)
try:
    root.left.contents.left[0].left[0].left.contents
except ValueError as e:
    print e

lpcell = POINTER('cell')
class cell(Structure):
    _fields_ = [('name', c_char_p), ('next', lpcell)]
SetPointerType(lpcell, cell)
a, b = cell('foo'), cell('bar')
a.next, b.next = pointer(b), pointer(a)
p, names = a, []
for i in range(6):
    names.append(p.name)
    p = p.next[0]
print names, lpcell is POINTER(cell), lpcell.__name__

ring = Node(1)
ring.next = pointer(ring)
print ring.next.contents.next.contents.value, ring.next[0].next[0].value
x, y = c_int(5), c_int(6)
px, py = pointer(x), pointer(y)
pp = pointer(px)
pp[0] = py
print px[0], pp.contents[0], pp[0][0]
px.contents = x
px[0] = 99
print x.value, pp.contents.contents
table = (POINTER(c_int) * 3)(px, py)
print [bool(t) for t in table], table[0][0], table[1].contents.value
table[2] = (c_int * 2)(7, 8)
print table[2][0], table[2][1], table[2][0:2]
