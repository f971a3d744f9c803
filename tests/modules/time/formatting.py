# time: formatting, parsing, struct_time, mktime in UTC, errors.
import time
g = time.gmtime(1000000000)
print g, g.tm_year, g[0:3], tuple(g), time.asctime(g), time.ctime(0), time.strftime('%Y-%m-%d %H:%M:%S %a %A %b %B %d %j %U %w %W %x %X %y %Z %%', g), time.mktime(g), time.strptime('11 Sep 2001', '%d %b %Y')[:3], time.timezone, time.altzone, time.daylight, time.tzname, time.localtime(0) == time.gmtime(0)
print time.gmtime(-1)[:6], time.gmtime(2 ** 33)[:6], type(time.time()), time.clock() >= 0, time.sleep(0), time.strftime('', g) == '', time.struct_time(range(9)), time.struct_time.n_fields, repr(time.struct_time((1,) * 9))
for text in ('time.gmtime(1e30)', 'time.asctime((1, 2))', 'time.strftime("%Y", (1,) * 8)', 'time.strftime("%Y", (2000, 13, 1, 0, 0, 0, 0, 1, 0))', 'time.sleep(-1)', 'time.sleep("a")', 'time.strptime("a", "%Y")', 'time.mktime((1,))', 'time.struct_time((1,))', 'time.ctime("a")', 'time.strftime(5)', 'time.strftime("%Y", (1800, 1, 1, 0, 0, 0, 0, 1, 0))'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
import os
os.environ['TZ'] = 'EST5EDT,M3.2.0,M11.1.0'; time.tzset()
print time.tzname, time.timezone, time.altzone, time.localtime(1e9)[:9], time.mktime((2001, 9, 8, 21, 46, 40, 0, 0, -1)), time.strftime('%Z', time.localtime(1e9))
