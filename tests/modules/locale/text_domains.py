# Text domains of the C library: bound, asked, and without catalogues no translations.
import _locale, locale
print locale.bindtextdomain('abc', None), locale.bindtextdomain('abc', '/tmp'), locale.bindtextdomain('abc', None), locale.bindtextdomain('x', None)
print locale.textdomain(None), locale.textdomain('abc'), locale.textdomain(None), locale.textdomain(''), locale.textdomain(None)
print locale.bind_textdomain_codeset('abc', 'utf-8'), locale.bind_textdomain_codeset('abc', None), locale.bind_textdomain_codeset('zz', None)
print locale.gettext('a b'), locale.dgettext('abc', 'c'), locale.dgettext(None, 'd'), locale.dcgettext('abc', 'e', locale.LC_MESSAGES)
try:
    locale.bindtextdomain('', 'x')
except locale.Error as e:
    print e
for f, args in ((_locale.gettext, ()), (_locale.dgettext, ('a',)), (_locale.textdomain, (1,)), (_locale.bindtextdomain, ('a', 1)), (_locale.strcoll, (None, 1))):
    try:
        f(*args)
    except TypeError as e:
        print e
