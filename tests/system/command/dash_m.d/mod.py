import sys
print __name__, __package__, sys.argv[1:], __file__[-6:]
