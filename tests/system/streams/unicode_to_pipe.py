# Nothing says how a pipe is encoded; to print beyond ASCII is an error.
import sys
print sys.stdout.encoding
print u'plain'
print u'\xe9'
