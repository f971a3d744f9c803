# The program from standard input, without arguments.
