# A byte beyond ASCII without a declaration.
print 'é'
