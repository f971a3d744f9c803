print 'init'
