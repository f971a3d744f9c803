# -*- coding: utf-8 -*-
# Source in UTF-8.
print repr('é€'), repr(u'é€😀'), len(u'😀'), u'é'.encode('utf-8')
print eval(u'u"é"') == u'\xe9', repr(eval("# coding: latin-1\n'\xe9'")), repr(eval(u"'é'"))
