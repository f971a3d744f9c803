# Constants that are there, and a flag of more than 31 bits.
import fcntl
import os

for name in sorted(dir(fcntl)):
    value = getattr(fcntl, name)
    if isinstance(value, (int, long)):
        print name, value
fd = os.open('.', os.O_RDONLY)
print fcntl.fcntl(fd, fcntl.F_NOTIFY, fcntl.DN_MULTISHOT), fcntl.fcntl(fd, fcntl.F_NOTIFY, 0)
f = open('f', 'w')
try:
    fcntl.fcntl(f, fcntl.F_NOTIFY, fcntl.DN_MULTISHOT)
except IOError as e:
    print e
