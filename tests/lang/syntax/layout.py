# Blank lines, comments, continuation, semicolons, form feeds, tabs, no newline at the end.
if 1: x = 1; y = 2;
else: x = 0
if x:
    # comment at another depth
  # less
    z = (1,
  2,
        # inside
 3)

    w = 1 + \
  2
	# tab comment
print x, y, z, w
def f(): return 1; return 2
class C: pass; a = 1
print f(), C.a
while x: x = 0; break
else: print 'else'
for i in 1, 2: print i,
print
lambda: (yield)
if 1:
	print 'tab'
        print 'eight spaces are a tab'
print 'end'