# An indentation error in the program itself.
def f():
    if 1:
        pass
      x = 1
