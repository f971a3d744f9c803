# -E ignores the environment.
import sys
print [p for p in sys.path if 'nowhere' in p], sys.flags.ignore_environment
