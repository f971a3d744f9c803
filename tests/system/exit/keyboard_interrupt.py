# KeyboardInterrupt uncaught: traceback.
raise KeyboardInterrupt
