class S(str):
    def __str__(self): return 'zz'
class U(unicode):
    def __str__(self): return 'zz'
    def __unicode__(self): return u'zz'
for o in S('a'), U(u'a'):
    print repr(format(o, '')), repr(format(o, '5')), repr(format(o, u'5')), repr('{0}'.format(o)), repr('{0:4}'.format(o)), repr(u'{0:4}'.format(o)), repr(str.__format__(o, '') if isinstance(o, str) else 0)
    try: format(o, 'a')
    except ValueError as e: print e
