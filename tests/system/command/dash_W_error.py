# -W error: a warning becomes an exception.
import warnings, sys
print sys.warnoptions
try:
    warnings.warn('w')
except UserWarning as e:
    print 'raised', e
