this first line is skipped
print 'after'
