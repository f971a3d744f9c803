# print: commas, softspace, redirect, tabs and newlines.
import sys
print 1,
print 2
print 'a\t',
print 'b'
print 'c\n',
print 'd'
print
print 'x', '', 'y'
class W(object):
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
w = W()
print >>w, 1, 'two',
print >>w, 3.0
print w.parts, w.softspace
print >>None, 'to stdout'
print >>sys.stdout, 'again',
sys.stdout.softspace = 0
print 'joined'
try:
    print >>5, 'x'
except AttributeError as error:
    print error
