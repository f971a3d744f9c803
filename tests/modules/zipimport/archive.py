# zipimport: modules from an archive, stored and deflated, packages, data, errors.
import zipfile, sys, zipimport
z = zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED)
z.writestr('zmod.py', 'value = "from zip"\ndef f(): raise KeyError(value)\n'); z.writestr('zpack/__init__.py', ''); z.writestr('zpack/inner.py', 'where = __name__'); z.writestr('data.txt', 'bytes'); z.close()
sys.path.insert(0, 'a.zip')
import zmod, zpack.inner
print zmod.value, zmod.__file__, zmod.__loader__, zpack.inner.where, zpack.__path__, zmod.__loader__.get_data('data.txt'), zmod.__loader__.get_source('zmod')[:10], zmod.__loader__.is_package('zpack'), zmod.__loader__.archive
import traceback
try:
    zmod.f()
except KeyError:
    print traceback.format_exc()
for text in ('zipimport.zipimporter("nope.zip")', 'zipimport.zipimporter("")', 'zmod.__loader__.load_module("x")', 'zmod.__loader__.get_data("x")', 'zipimport.zipimporter(5)'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
