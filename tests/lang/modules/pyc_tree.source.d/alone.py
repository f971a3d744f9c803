import sys
if __name__ == '__main__':
    print 'alone is the program', sys.argv[1:]
else:
    print 'alone is imported as', __name__, 'from', __file__
    assert not sys.argv[5:], 'never'
