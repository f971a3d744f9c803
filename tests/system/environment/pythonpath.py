# PYTHONPATH and modules found on it.
import mod, sys
print mod.x, [p for p in sys.path if p.endswith('libs')] != []
