# -Qnew: true division.
print 1 / 2, 7 // 2
