# Files too large to be held in memory, mapped to be read.
import mmap
import os


def sparse(size, *marks):
    f = open('big', 'w+b')
    for at, text in marks:
        f.seek(at)
        f.write(text)
    f.truncate(size)
    f.flush()
    return f


for size in (1 << 25, (1 << 31) + 6, (1 << 32) + 12345):
    edge = size // 2 // 1048576 * 1048576
    f = sparse(size, (0, 'first\nline'), (edge - 3, 'needle'), (edge + 5000000, 'needle\n'), (size - 4, 'last'))
    m = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
    print len(m) == size, m.size() == size, m[:5], m[size - 4:] == 'last', repr(m[-1]), repr(m[edge - 4:edge + 4])
    print repr(m[edge + 2:edge - 4:-1]), repr(m[0:10:3]), m[size // 2 + 3] == '\0', repr(m[size:]), repr(m[5:5])
    print m.readline(), m.tell(), m.read(4), m.read_byte() == '\0', m.tell()
    near = edge - 3000000
    print m.find('needle', near, edge + 9000000) - edge, m.rfind('needle', near, edge + 9000000) - edge
    print m.find('needle', edge, edge + 9000000) - edge, m.find('absent', near, edge), m.rfind('needl', near, edge + 2) - edge
    print m.find('', 7), m.rfind('', 7, 9), m.find('last', size - 3), m.rfind('last') == size - 4
    m.seek(edge + 4999999)
    print repr(m.readline()), m.tell() - edge
    m.seek(0, 2)
    print repr(m.read(10)), repr(m.readline())
    for what in ("m[0] = 'x'", "m[0:1] = 'x'", 'm.write("x")', 'm.resize(10)', 'm.move(0, 1, 1)', 'm[size]'):
        try:
            exec what
        except Exception as e:
            print type(e).__name__, e
    m.close()
    try:
        m[0]
    except ValueError as e:
        print e
    f.close()

# A part of it, from an offset on.
f = sparse(1 << 33, (6 << 30, 'there'))
m = mmap.mmap(f.fileno(), 1 << 28, access=mmap.ACCESS_READ, offset=6 << 30)
print m[:6] == 'there\0', m.find('here', 0, 100), len(m) == 1 << 28
m.close()
m = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
print len(m) == 1 << 33, m[6 << 30:(6 << 30) + 5]
m.close()

# As a buffer.
f = sparse(1 << 25, (20000000, 'middle'))
m = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
b = buffer(m)
import re
print re.search('m[a-z]+', m).span(), len(b) == 1 << 25, str(b[20000000:20000006]), m[20000001]
print m.find('middle')
os.remove('big')
