# os.pathconf and os.fpathconf: names, numbers, errors.
import os
print sorted(os.pathconf_names.items(), key=lambda item: item[1])
for name in ('PC_NAME_MAX', 'PC_PATH_MAX', 'PC_PIPE_BUF', 3, 'PC_NO_TRUNC'):
    print name, os.pathconf('/', name)
f = open(__file__)
print os.fpathconf(f.fileno(), 'PC_PIPE_BUF'), os.fpathconf(f.fileno(), 'PC_NAME_MAX')
for args in (('/', 'x'), ('/', None), ('/nowhere', 3), ('/nowhere', 'x'), ('/', 99)):
    try:
        print os.pathconf(*args)
    except (ValueError, TypeError, OSError), e:
        print type(e).__name__, e
try:
    os.fpathconf(99, 3)
except OSError, e:
    print e
