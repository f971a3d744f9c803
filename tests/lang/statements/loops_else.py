# else of for and while, break, continue, nested; the sequence changing below a for.
for i in range(3):
    if i == 5: break
else:
    print 'no break', i
for i in range(3):
    if i == 1: break
else:
    print 'never'
print i
n = 3
while n:
    n -= 1
    if n == 1: continue
    print 'n', n
else:
    print 'ended'
l = [1, 2, 3, 4]
for x in l:
    if x == 2: l.remove(x)
    print x,
print l
for i in []: pass
else: print 'empty'
class Old:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print [v for v in Old()], list(Old()), 20 in Old()
