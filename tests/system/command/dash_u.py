# -u: unbuffered output, in order with stderr's.
import sys, os
sys.stdout.write('a'); os.write(1, 'b'); sys.stdout.write('c\n')
