# A file format as a C header describes it: written, read back, changed in place.
import io
from ctypes import *

class FileHeader(LittleEndianStructure):
    _pack_ = 1
    _fields_ = [('magic', c_char * 4), ('version', c_uint16), ('flags', c_uint16),
                ('count', c_uint32), ('offset', c_uint64)]
class Flags(Structure):
    _fields_ = [('compressed', c_uint32, 1), ('level', c_uint32, 4), ('kind', c_uint32, 11),
                ('reserved', c_uint32, 16)]
class Record(Structure):
    _pack_ = 1
    _fields_ = [('id', c_uint32), ('name', c_char * 10), ('flags', Flags), ('score', c_double),
                ('points', c_int16 * 3)]
    def __repr__(self):
        return '<%d %s %d/%d/%d %r %r>' % (self.id, self.name, self.flags.compressed,
                                          self.flags.level, self.flags.kind, self.score,
                                          self.points[:])

out = io.BytesIO()
records = [Record(i, 'rec%d' % i, (i & 1, i, i * 100), i / 4.0, (i, -i, i * i)) for i in range(4)]
out.write(buffer(FileHeader('TEST', 1, 0x8001, len(records), sizeof(FileHeader))))
for r in records:
    out.write(buffer(r))
data = out.getvalue()
print sizeof(FileHeader), sizeof(Record), len(data)
print repr(data)

source = io.BytesIO(data)
header = FileHeader()
print source.readinto(header), header.magic, header.version, hex(header.flags), header.count
back = (Record * header.count)()
print source.readinto(back) == sizeof(back)
for r in back:
    print r
view = bytearray(data)
mapped = (Record * header.count).from_buffer(view, header.offset)
mapped[2].name = 'changed'
mapped[2].flags.kind = 2047
mapped[2].points[1] = 32767
mapped[3] = mapped[0]
print mapped[2], mapped[3], repr(bytes(view[header.offset + 2 * sizeof(Record):]))
print sum(r.score for r in mapped), max(mapped, key=lambda r: r.points[1]).id
try:
    (Record * 5).from_buffer(view, header.offset)
except ValueError as e:
    print e
try:
    Record(1, 'a name too long')
except ValueError as e:
    print e
