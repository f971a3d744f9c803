# The version goes to stderr.
