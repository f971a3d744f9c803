# The text of a traceback to stderr, through functions, classes and exec.
class C(object):
    def method(self, n):
        if n:
            return self.method(n - 1)
        exec 'raise ValueError("from exec")'
def call(f):
    return f(2)
print 'before'
call(C().method)
