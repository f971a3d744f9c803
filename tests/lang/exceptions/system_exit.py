# SystemExit with a text prints it to stderr and ends with status 1.
import atexit, sys
atexit.register(sys.stdout.write, 'at exit\n')
try:
    sys.exit()
except SystemExit as e:
    print repr(e), e.code
try:
    raise SystemExit(1, 2)
except SystemExit as e:
    print e.code
print 'leaving'
sys.exit('told to stderr')
