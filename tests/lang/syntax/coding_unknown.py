# vim: set fileencoding=nonesuch :
print 1
