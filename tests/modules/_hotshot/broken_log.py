# Logs that no profiler wrote.
import _hotshot


def read(data):
    with open('log', 'wb') as f:
        f.write(data)
    try:
        r = _hotshot.logreader('log')
    except Exception as e:
        print repr(data), type(e).__name__, e
        return
    print repr(data), r.info,
    try:
        for i in range(20):
            print r.next(),
    except Exception as e:
        print type(e).__name__, e, r.closed


head = '\x13\x01a\x01b'
for data in ('', '\x13', '\x13\x01', '\x13\x01a', '\x13\x01a\x05b', head, 'abc', '\x00\x05\x02',
             '#\x00\x01a\x13\x01a\x01b'):
    read(data)
for data in ('\x00', '\x00\x05', '\x00\x05\x02', 'S\x01\x00\x05\x02', 'S\x00\x00\x05\x02', 'S', '3',
             '3\x01\x0e\x03', '3\x00\x0e\x03', '\x03', 'C\x00\x05\x01g', '#\x00\x03abc',
             '#\xff\xff\xff\xff\x0f\x01a', '\x80\x01\x05\x01', '\xff' * 8, '\x07\x0b',
             'S\x01\x01\x83\x01', '\x13\x01a\x02cc\x13\x00\x00', 'c', 's', '\xf3', 'S\x01\x05',
             'S\x01\xfd\x01', '\x80\x80\x80\x80\x80\x80\x05', 'S\x02\x00\x05\x02',
             'S\x01\xfd\x81\x01\x05', 'C\x00', 'C\x00\x05', 'C\x00\x05\x03g', '#\x00\x7fabc', '\x05',
             '\x01', '\x02', '\x06\x06', '3\x02\x06\x06'):
    read(head + data)
read('\x00\x05\x01\x13\x01k\x01v\x01\x13\x01k')
