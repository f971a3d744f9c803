# PYTHONOPTIMIZE, PYTHONDONTWRITEBYTECODE and PYTHONWARNINGS.
import sys
assert 0
print sys.flags.optimize, sys.dont_write_bytecode, sys.warnoptions
