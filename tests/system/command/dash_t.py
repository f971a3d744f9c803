# -tt: inconsistent tabs are errors.
if 1:
        x = 1
	y = 2
