# A folder with __main__.py as script.
