# -*- coding: ascii -*-
import codecs, itertools
for enc in ('euc_jis_2004','euc_jisx0213','shift_jis_2004','shift_jisx0213','iso2022_jp_2004','iso2022_jp_3','euc_jp','big5hkscs','gb18030','cp932'):
    for u in (u'\u02e9\U00020000', u'\u02e9', u'\u02e9\u02e5', u'\u02e5\u02e9', u'\u304b\u309a', u'\u304b\U00020000', u'\u304b', u'\xe6\u0300', u'\xe6\U0002000b', u'\xca\u0304', u'\xca\U00020000', u'\u02e9a', u'\u31f7\u309a', u'\u31f7\U0002a6d6', u'\U00020000', u'\xe6\u304b', u'\u02e9\u304b\u309a'):
        for err in ('strict','replace','ignore'):
            try: r = repr(u.encode(enc, err))
            except Exception as e: r = '%s %s' % (type(e).__name__, e)
            if err == 'strict' or 'Error' in r: print enc, repr(u), err, r
            else: print enc, repr(u), err, r
        try:
            e = codecs.getincrementalencoder(enc)()
            print [e.encode(c) for c in u] + [e.encode(u'', True)]
        except Exception as x: print type(x).__name__, x
for enc in ('euc_jis_2004','euc_jisx0213','shift_jis_2004','shift_jisx0213','iso2022_jp_2004'):
    for u in (u'\u304b\0', u'\u304b\U0001309a', u'\u304b\U00010000', u'\xe6\U00020000', u'\xe6\U00020300', u'\u02e9\U000202e5', u'\u304b\U0010309a', u'\u0254\U00020000', u'\u31f7\U00020000', u'\u304b\0\0', u'\U0002304b\u309a', u'\u304b\U00020000\u309a', u'\u30c8\U00030000a'):
        try: print enc, repr(u), repr(u.encode(enc))
        except Exception as e: print enc, repr(u), e
