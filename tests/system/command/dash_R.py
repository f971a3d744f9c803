# -R: hashes are random, but equal for equal things.
import sys
print sys.flags.hash_randomization, hash('a') == hash(u'a'), hash(1)
