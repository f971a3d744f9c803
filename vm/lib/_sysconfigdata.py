# SPDX-License-Identifier: MIT
"""What sysconfig and distutils ask of a build: CPython makes this module from its Makefile
and pyconfig.h, Krait those from this (ci/pack.mjs). Differs from the library because it is not in it."""
import posix as _posix
import sys as _sys

build_time_vars = {
    'AR': 'ar',
    'ARFLAGS': 'rc',
    'BINDIR': _sys.prefix + '/bin',
    'BINLIBDEST': _sys.prefix + '/lib/python2.7',
    'CC': 'cc',
    'CCSHARED': '-fPIC',
    'CFLAGS': '-fno-strict-aliasing -fwrapv',
    'CONFIG_ARGS': '',
    'CXX': 'c++',
    'EXE': '',
    'HAVE_FORK': int(hasattr(_posix, 'fork')),
    # os.urandom opens no file.
    'HAVE_GETENTROPY': 1,
    'INCLUDEPY': _sys.prefix + '/include/python2.7',
    'LDSHARED': 'cc -shared',
    'LIBDEST': _sys.prefix + '/lib/python2.7',
    'LIBDIR': _sys.prefix + '/lib',
    'LIBP': _sys.prefix + '/lib',
    'LIBRARY': 'libpython2.7.a',
    'MACHDEP': 'linux2',
    'OPT': '-DNDEBUG -O2',
    'Py_DEBUG': 0,
    'Py_ENABLE_SHARED': 0,
    'Py_UNICODE_SIZE': 4,
    'Py_USING_UNICODE': 1,
    'SIZEOF_LONG': 8,
    'SIZEOF_SIZE_T': 8,
    'SIZEOF_VOID_P': 8,
    'SO': '.so',
    'TZPATH': '',
    'VERSION': '2.7',
    'WITH_DOC_STRINGS': 1,
    'WITH_PYMALLOC': 1,
    'WITH_THREAD': 1,
    'exec_prefix': _sys.prefix,
    'prefix': _sys.prefix,
}
