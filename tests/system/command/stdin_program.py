# The program from standard input.
