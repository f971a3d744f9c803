# datetime: construction, arithmetic, formatting, comparison, errors, pickling, tzinfo.
from datetime import date, time, datetime, timedelta, tzinfo
import pickle
d = date(2020, 2, 29)
print d, repr(d), d + timedelta(366), d.weekday(), d.isoweekday(), d.isocalendar(), d.toordinal(), date.fromordinal(1), d.replace(year=2024), d.strftime('%A %d %B %Y %j'), d.ctime(), d - date(2000, 1, 1), date.min, date.max, date.resolution, d < date(2020, 3, 1), d.timetuple()[:8], hash(d) == hash(date(2020, 2, 29)), '{0:%Y/%m}'.format(d)
t = datetime(2020, 4, 20, 12, 34, 56, 789000)
print t, repr(t), t.isoformat(), t.isoformat(' '), t.date(), t.time(), t + timedelta(hours=36, microseconds=5), t - datetime(2019, 1, 1), datetime.strptime('2020-04-20 01:02:03', '%Y-%m-%d %H:%M:%S'), datetime.combine(d, time(1, 2)), t.strftime('%H:%M:%S.%f %p %y'), datetime.utcfromtimestamp(1e9), datetime.fromtimestamp(0), t.utctimetuple()[:6]
x = timedelta(days=1, seconds=-5, milliseconds=3, weeks=1)
print x, repr(x), x.days, x.seconds, x.microseconds, x.total_seconds(), -x, abs(-x), x * 2, x // 3, x + x, x == x, timedelta(0.5), timedelta.max, timedelta(microseconds=0.5), bool(timedelta()), str(timedelta(-1)), timedelta(hours=25), cmp(x, -x)
class TZ(tzinfo):
    def utcoffset(self, dt): return timedelta(hours=5, minutes=30)
    def dst(self, dt): return timedelta(0)
    def tzname(self, dt): return 'IST'
a = t.replace(tzinfo=TZ())
print a, a.utcoffset(), a.tzname(), a.strftime('%z %Z'), a == datetime(2020, 4, 20, 7, 4, 56, 789000, TZ()), a.astimezone(TZ()) == a, time(1, 2, tzinfo=TZ()), a.utctimetuple()[:5], time(25 % 24, 1, 2, 3).isoformat()
for v in (d, t, x, time(1)):
    print pickle.loads(pickle.dumps(v, 2)) == v,
print
for text in ('date(2020, 2, 30)', 'date(0, 1, 1)', 'date(2020, 13, 1)', 'datetime(2020, 1, 1, 24)', 'time(0, 60)', 'timedelta(10 ** 10)', 'd + 5', 'd - t', 'a - t', 'a < t', 'date.max + timedelta(1)', 'timedelta(1) / 0', 'timedelta("a")', 'datetime.strptime("x", "%Y")', 'date.fromordinal(0)', 'd < 5', 'd == 5', 'date()', 'datetime(2020, 1, 1, tzinfo=5)', 'date(1800, 1, 1).strftime("%Y")', 'timedelta(1) * 1.5', 'datetime.fromtimestamp(1e20)'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
