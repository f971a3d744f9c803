# A folder without __main__.py as script.
