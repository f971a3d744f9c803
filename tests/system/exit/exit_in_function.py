# SystemExit passes finally clauses; exit() of site.
def f():
    try:
        exit(4)
    finally:
        print 'finally'
f()
