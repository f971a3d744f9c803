# -B: no .pyc is written.
import mod, os, sys
print os.path.exists('mod.pyc'), sys.dont_write_bytecode
