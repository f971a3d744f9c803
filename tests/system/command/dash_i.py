# -i: the prompt after the script, from a pipe.
x = 5
print 'script'
