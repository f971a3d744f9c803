/* SPDX-License-Identifier: MIT */
/* The module _locale. There is one locale, C: setlocale accepts it (and POSIX, and the empty name,
 * which means the environment's, as the C locale of a bare machine) and refuses the rest. */
#include "Python.h"

static PyObject *locale_error;

/* Linux's numbers. */
enum { LC_CTYPE_ = 0, LC_NUMERIC_, LC_TIME_, LC_COLLATE_, LC_MONETARY_, LC_MESSAGES_, LC_ALL_ };
#define CODESET_ 14

PyDoc_STRVAR(setlocale_doc,
             "(integer,string=None) -> string. Activates/queries locale processing.");
static PyObject *locale_setlocale(PyObject *self, PyObject *args)
{
    int category;
    const char *locale = NULL;
    if (!PyArg_ParseTuple(args, "i|z:setlocale", &category, &locale))
        return NULL;
    if (category < LC_CTYPE_ || category > LC_ALL_) {
        PyErr_SetString(locale_error,
                        locale ? "unsupported locale setting" : "locale query failed");
        return NULL;
    }
    if (locale != NULL && *locale != 0 && strcmp(locale, "C") != 0 &&
        strcmp(locale, "POSIX") != 0) {
        PyErr_SetString(locale_error, "unsupported locale setting");
        return NULL;
    }
    return PyString_FromString("C");
}

PyDoc_STRVAR(localeconv_doc,
             "() -> dict. Returns numeric and monetary locale-specific parameters.");
static PyObject *locale_localeconv(PyObject *self, PyObject *unused)
{
    static const char *const strings[] = {
        "thousands_sep",     "int_curr_symbol", "currency_symbol", "mon_decimal_point",
        "mon_thousands_sep", "positive_sign",   "negative_sign"};
    static const char *const numbers[] = {"int_frac_digits", "frac_digits",   "p_cs_precedes",
                                          "p_sep_by_space",  "n_cs_precedes", "n_sep_by_space",
                                          "p_sign_posn",     "n_sign_posn"};
    PyObject *d = PyDict_New(), *v;
    int r = d == NULL ? -1 : 0;
    for (size_t i = 0; r == 0 && i < sizeof strings / sizeof strings[0]; i++) {
        v = PyString_FromString("");
        r = v == NULL ? -1 : PyDict_SetItemString(d, strings[i], v);
        Py_XDECREF(v);
    }
    for (size_t i = 0; r == 0 && i < sizeof numbers / sizeof numbers[0]; i++) {
        v = PyInt_FromLong(127); /* CHAR_MAX: not available */
        r = v == NULL ? -1 : PyDict_SetItemString(d, numbers[i], v);
        Py_XDECREF(v);
    }
    if (r == 0) {
        v = PyString_FromString(".");
        r = v == NULL ? -1 : PyDict_SetItemString(d, "decimal_point", v);
        Py_XDECREF(v);
    }
    static const char *const lists[] = {"grouping", "mon_grouping"};
    for (int i = 0; r == 0 && i < 2; i++) {
        v = PyList_New(0);
        r = v == NULL ? -1 : PyDict_SetItemString(d, lists[i], v);
        Py_XDECREF(v);
    }
    if (r < 0)
        Py_CLEAR(d);
    return d;
}

/* Compares by code unit, as the C locale does, of strs up to a NUL or of unicodes. */
PyDoc_STRVAR(strcoll_doc, "string,string -> int. Compares two strings according to the locale.");
static PyObject *locale_strcoll(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    if (!PyArg_UnpackTuple(args, "strcoll", 2, 2, &a, &b))
        return NULL;
    if (PyString_Check(a) && PyString_Check(b)) {
        int c = strcmp(PyString_AS_STRING(a), PyString_AS_STRING(b));
        return PyInt_FromLong((c > 0) - (c < 0));
    }
    PyObject *ua = PyUnicode_FromObject(a), *ub = ua ? PyUnicode_FromObject(b) : NULL;
    int c = ub == NULL ? -1 : PyUnicode_Compare(ua, ub);
    Py_XDECREF(ua);
    Py_XDECREF(ub);
    return ub == NULL || PyErr_Occurred() ? NULL : PyInt_FromLong(c);
}

PyDoc_STRVAR(strxfrm_doc, "string -> string. Returns a string that behaves for cmp locale-aware.");
static PyObject *locale_strxfrm(PyObject *self, PyObject *args)
{
    const char *s;
    if (!PyArg_ParseTuple(args, "s:strxfrm", &s))
        return NULL;
    return PyString_FromString(s);
}

PyDoc_STRVAR(
    nl_langinfo_doc,
    "nl_langinfo(key) -> string\nReturn the value for the locale information associated with key.");
static PyObject *locale_nl_langinfo(PyObject *self, PyObject *args)
{
    static const char *const days[] = {"Sun",       "Mon",      "Tue",    "Wed",     "Thu",
                                       "Fri",       "Sat",      "Sunday", "Monday",  "Tuesday",
                                       "Wednesday", "Thursday", "Friday", "Saturday"};
    static const char *const months[] = {
        "Jan", "Feb",  "Mar",  "Apr",    "May",       "Jun",      "Jul",      "Aug",
        "Sep", "Oct",  "Nov",  "Dec",    "January",   "February", "March",    "April",
        "May", "June", "July", "August", "September", "October",  "November", "December"};
    int key;
    if (!PyArg_ParseTuple(args, "i:nl_langinfo", &key))
        return NULL;
    if (key == CODESET_)
        return PyString_FromString("ANSI_X3.4-1968");
    if (key >= 0x20000 && key < 0x2000e)
        return PyString_FromString(days[key - 0x20000]);
    if (key >= 0x2000e && key < 0x20026)
        return PyString_FromString(months[key - 0x2000e]);
    switch (key) {
    case 0x20026:
        return PyString_FromString("AM");
    case 0x20027:
        return PyString_FromString("PM");
    case 0x20028:
        return PyString_FromString("%a %b %e %H:%M:%S %Y");
    case 0x20029:
        return PyString_FromString("%m/%d/%y");
    case 0x2002a:
        return PyString_FromString("%H:%M:%S");
    case 0x2002b:
        return PyString_FromString("%I:%M:%S %p");
    case 0x2002c:
    case 0x2002d:
    case 0x2002e:
    case 0x2002f:
    case 0x20030:
    case 0x20031:
    case 0x10001:
        return PyString_FromString("");
    case 0x10000:
        return PyString_FromString(".");
    case 0x50000:
        return PyString_FromString("^[yY]");
    case 0x50001:
        return PyString_FromString("^[nN]");
    case 0x4000f:
        return PyString_FromString("-");
    }
    PyErr_SetString(PyExc_ValueError, "unsupported langinfo constant");
    return NULL;
}

/* -- Message catalogues: domains are bound to folders and code sets as the C library does it, but
 * there are no catalogues, so that a message is its own translation. -- */

static PyObject *domains, *codesets, *current_domain;

PyDoc_STRVAR(gettext_doc, "gettext(msg) -> string\nReturn translation of msg.");
static PyObject *locale_gettext(PyObject *self, PyObject *args)
{
    const char *s;
    return PyArg_ParseTuple(args, "s", &s) ? PyString_FromString(s) : NULL;
}

PyDoc_STRVAR(dgettext_doc, "dgettext(domain, msg) -> string\nReturn translation of msg in domain.");
static PyObject *locale_dgettext(PyObject *self, PyObject *args)
{
    const char *domain, *s;
    return PyArg_ParseTuple(args, "zs", &domain, &s) ? PyString_FromString(s) : NULL;
}

PyDoc_STRVAR(dcgettext_doc, "dcgettext(domain, msg, category) -> string\nReturn translation of msg "
                            "in domain and category.");
static PyObject *locale_dcgettext(PyObject *self, PyObject *args)
{
    const char *domain, *s;
    int category;
    return PyArg_ParseTuple(args, "zsi", &domain, &s, &category) ? PyString_FromString(s) : NULL;
}

PyDoc_STRVAR(textdomain_doc, "textdomain(domain) -> string\nSet the C library's textdmain to "
                             "domain, returning the new domain.");
static PyObject *locale_textdomain(PyObject *self, PyObject *args)
{
    const char *domain;
    if (!PyArg_ParseTuple(args, "z", &domain))
        return NULL;
    if (domain != NULL || current_domain == NULL) {
        PyObject *name = PyString_FromString(domain && *domain ? domain : "messages");
        if (name == NULL)
            return NULL;
        Py_XSETREF(current_domain, name);
    }
    Py_INCREF(current_domain);
    return current_domain;
}

/* What the domain has in the table, after value has been put there when it is given; `other` when
 * there is nothing. */
static PyObject *bound(PyObject **table, const char *domain, const char *value, PyObject *other)
{
    if (*table == NULL && (*table = PyDict_New()) == NULL)
        return NULL;
    if (value != NULL) {
        PyObject *v = PyString_FromString(value);
        int status = v == NULL ? -1 : PyDict_SetItemString(*table, domain, v);
        Py_XDECREF(v);
        if (status < 0)
            return NULL;
    }
    PyObject *v = PyDict_GetItemString(*table, domain);
    if (v == NULL)
        v = other;
    Py_INCREF(v);
    return v;
}

PyDoc_STRVAR(bindtextdomain_doc,
             "bindtextdomain(domain, dir) -> string\nBind the C library's domain to dir.");
static PyObject *locale_bindtextdomain(PyObject *self, PyObject *args)
{
    const char *domain, *dir;
    PyObject *usual, *result;
    if (!PyArg_ParseTuple(args, "sz", &domain, &dir))
        return NULL;
    if (*domain == '\0') {
        PyErr_SetString(locale_error, "domain must be a non-empty string");
        return NULL;
    }
    usual = PyString_FromString("/usr/share/locale");
    result = usual == NULL ? NULL : bound(&domains, domain, dir, usual);
    Py_XDECREF(usual);
    return result;
}

PyDoc_STRVAR(bind_codeset_doc, "bind_textdomain_codeset(domain, codeset) -> string\nBind the C "
                               "library's domain to codeset.");
static PyObject *locale_bind_codeset(PyObject *self, PyObject *args)
{
    const char *domain, *codeset;
    return PyArg_ParseTuple(args, "sz", &domain, &codeset)
               ? bound(&codesets, domain, codeset, Py_None)
               : NULL;
}

static PyMethodDef locale_methods[] = {
    {"setlocale", locale_setlocale, METH_VARARGS, setlocale_doc},
    {"localeconv", locale_localeconv, METH_NOARGS, localeconv_doc},
    {"strcoll", locale_strcoll, METH_VARARGS, strcoll_doc},
    {"strxfrm", locale_strxfrm, METH_VARARGS, strxfrm_doc},
    {"nl_langinfo", locale_nl_langinfo, METH_VARARGS, nl_langinfo_doc},
    {"gettext", locale_gettext, METH_VARARGS, gettext_doc},
    {"dgettext", locale_dgettext, METH_VARARGS, dgettext_doc},
    {"dcgettext", locale_dcgettext, METH_VARARGS, dcgettext_doc},
    {"textdomain", locale_textdomain, METH_VARARGS, textdomain_doc},
    {"bindtextdomain", locale_bindtextdomain, METH_VARARGS, bindtextdomain_doc},
    {"bind_textdomain_codeset", locale_bind_codeset, METH_VARARGS, bind_codeset_doc},
    {NULL, NULL, 0, NULL}};

void init_locale(void)
{
    static const struct {
        const char *name;
        int value;
    } constants[] = {{"LC_CTYPE", LC_CTYPE_},
                     {"LC_TIME", LC_TIME_},
                     {"LC_COLLATE", LC_COLLATE_},
                     {"LC_MONETARY", LC_MONETARY_},
                     {"LC_MESSAGES", LC_MESSAGES_},
                     {"LC_NUMERIC", LC_NUMERIC_},
                     {"LC_ALL", LC_ALL_},
                     {"CHAR_MAX", 127},
                     {"CODESET", CODESET_},
                     {"RADIXCHAR", 0x10000},
                     {"THOUSEP", 0x10001},
                     {"AM_STR", 0x20026},
                     {"PM_STR", 0x20027},
                     {"D_T_FMT", 0x20028},
                     {"D_FMT", 0x20029},
                     {"T_FMT", 0x2002a},
                     {"T_FMT_AMPM", 0x2002b},
                     {"ERA", 0x2002c},
                     {"ERA_D_FMT", 0x2002e},
                     {"ALT_DIGITS", 0x2002f},
                     {"ERA_D_T_FMT", 0x20030},
                     {"ERA_T_FMT", 0x20031},
                     {"CRNCYSTR", 0x4000f},
                     {"YESEXPR", 0x50000},
                     {"NOEXPR", 0x50001}};
    PyObject *m = Py_InitModule3("_locale", locale_methods, "Support for POSIX locales.");
    if (m == NULL)
        return;
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        PyModule_AddIntConstant(m, constants[i].name, constants[i].value);
    char name[16];
    for (int i = 0; i < 7; i++) {
        PyOS_snprintf(name, sizeof name, "ABDAY_%d", i + 1);
        PyModule_AddIntConstant(m, name, 0x20000 + i);
        PyOS_snprintf(name, sizeof name, "DAY_%d", i + 1);
        PyModule_AddIntConstant(m, name, 0x20007 + i);
    }
    for (int i = 0; i < 12; i++) {
        PyOS_snprintf(name, sizeof name, "ABMON_%d", i + 1);
        PyModule_AddIntConstant(m, name, 0x2000e + i);
        PyOS_snprintf(name, sizeof name, "MON_%d", i + 1);
        PyModule_AddIntConstant(m, name, 0x2001a + i);
    }
    locale_error = PyErr_NewException("locale.Error", NULL, NULL);
    if (locale_error != NULL) {
        Py_INCREF(locale_error);
        PyModule_AddObject(m, "Error", locale_error);
    }
}
