# PYTHONIOENCODING.
import sys
print sys.stdout.encoding, sys.stdin.encoding
print u'\xe9\u20ac'
