# A syntax error in -c.
