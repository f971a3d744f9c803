# A limit that is lowered is there, and counts: no more files can be opened.
import os
import resource

hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (20, hard))
print resource.getrlimit(resource.RLIMIT_NOFILE) == (20, hard)
files = []
try:
    while True:
        files.append(open(os.devnull))
except IOError as e:
    print e, len(files) < 20
resource.setrlimit(resource.RLIMIT_CORE, (0, -1))
print resource.getrlimit(resource.RLIMIT_CORE)[0]
print len(os.wait3.__doc__) > 0
if os.fork() == 0:
    os._exit(3)
pid, status, usage = os.wait3(0)
print status, type(usage)
