# A syntax error in the program itself: message with caret, status 1.
print 'never printed'
if True:
    x = [1, 2, 3
    print x y
