# Dots where a name begins, ends or has nothing between them; one at the end is overlooked.
for name in ('xml', 'xml..dom', 'xml.dom.', 'xml.', '.xml', '.', '..', 'os.', 'sys.', 'xml.dom..', ''):
    try:
        print repr(name), __import__(name).__name__
    except Exception as error:
        print repr(name), type(error).__name__, error
