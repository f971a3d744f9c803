x = 'on the path'
