import cPickle, sys
class O: pass
class N(object): pass
print repr(cPickle.dumps([1,2]))
print repr(cPickle.dumps([1,2],2))
print repr(cPickle.dumps(O(),0)), repr(cPickle.dumps(O(),1)), repr(cPickle.dumps(O(),protocol=1)), repr(cPickle.dumps(O()))
print repr(cPickle.dumps(N(),0)), repr(cPickle.dumps(N(),1)), repr(cPickle.dumps(N(),2)), repr(cPickle.dumps(N()))
print repr(cPickle.dumps({}, 2)), repr(cPickle.dumps((1, [], {}, 'abc', u'x', 'ab' + str(3))))
a = [[], {}, 'a%d' % 3, (1, 2, 3, str(4))]
print repr(cPickle.dumps(a))
print sys.getrefcount(O()), sys.getrefcount([])
