# The exit status of sys.exit(n), modulo 256.
import sys
print 'bye'
sys.exit(259)
