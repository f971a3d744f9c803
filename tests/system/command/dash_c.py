# krait -c: arguments, __name__, traceback of <string>.
