# -*- coding: latin-1 -*-
# A coding declaration: byte strings keep their bytes, unicode literals are decoded.
s = 'é'
u = u'é'
print repr(s), repr(u), len(u)
