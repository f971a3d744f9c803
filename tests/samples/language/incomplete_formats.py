for f in ('%(a)', '%(a', '%(', '%(a)5', '%(a)-', '%(a).', '%5', '%-', '%.', '%.5', '%l', '%(a)l', '%*', '%', 'x%', '%(a))', '%()', '%()s', '%(a(b)c)s', '%(a(b)s'):
    for d in ({'a': 1, '': 2, 'a(b)c': 3}, 1, (1, 2)):
        for g in (f, unicode(f)):
            try: print repr(g), repr(g % d)
            except Exception, e: print repr(g), d, type(e).__name__, e

for g in ('%(zz)', u'%(zz)', '%(zz', '%(zz)d'):
    try: print g % {}
    except Exception, e: print type(e).__name__, e
