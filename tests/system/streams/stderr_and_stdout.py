# Writing to both.
import sys
print >>sys.stderr, 'to stderr', 5
sys.stderr.write('more\n')
print 'to stdout'
