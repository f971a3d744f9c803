/* SPDX-License-Identifier: MIT */
/* pwd and grp: the user database, of one user: the one who runs the program, who is root where the
 * host knows no other. */
#include "Python.h"
#include "host/host.h"
#include "modules/environ.h"

static PyTypeObject passwd_type, group_type;
static int ready;

static PyStructSequence_Field passwd_fields[] = {
    {"pw_name", "user name"},      {"pw_passwd", "password"},
    {"pw_uid", "user id"},         {"pw_gid", "group id"},
    {"pw_gecos", "real name"},     {"pw_dir", "home directory"},
    {"pw_shell", "shell program"}, {NULL, NULL},
};
static PyStructSequence_Desc passwd_desc = {
    "pwd.struct_passwd",
    "pwd.struct_passwd: Results from getpw*() routines.\n\nThis object may be accessed either as a "
    "tuple of\n"
    "  (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\nor via the object attributes as "
    "named in the above tuple.",
    passwd_fields, 7};
static PyStructSequence_Field group_fields[] = {{"gr_name", "group name"},
                                                {"gr_passwd", "password"},
                                                {"gr_gid", "group id"},
                                                {"gr_mem", "group members"},
                                                {NULL, NULL}};
static PyStructSequence_Desc group_desc = {
    "grp.struct_group",
    "grp.struct_group: Results from getgr*() routines.\n\nThis object may be accessed either as a "
    "tuple of\n"
    "  (gr_name,gr_passwd,gr_gid,gr_mem)\nor via the object attributes as named in the above "
    "tuple.",
    group_fields, 4};

static const char *user_name(void)
{
    const char *name;

    if (host_getuid() == 0)
        return "root";
    name = _PyEnviron_Get("USER");
    return name != NULL && name[0] != '\0' ? name : "user";
}

static PyObject *make_entry(void)
{
    PyObject *e = PyStructSequence_New(&passwd_type);
    const char *home = _PyEnviron_Get("HOME");
    int i = 0;

    if (e == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(e, i++, PyString_FromString(user_name()));
    PyStructSequence_SET_ITEM(e, i++, PyString_FromString("x"));
    PyStructSequence_SET_ITEM(e, i++, PyInt_FromLong(host_getuid()));
    PyStructSequence_SET_ITEM(e, i++, PyInt_FromLong(host_getgid()));
    PyStructSequence_SET_ITEM(e, i++, PyString_FromString(user_name()));
    PyStructSequence_SET_ITEM(e, i++,
                              PyString_FromString(host_getuid() == 0 ? "/root"
                                                  : home             ? home
                                                                     : "/"));
    PyStructSequence_SET_ITEM(e, i++, PyString_FromString("/bin/sh"));
    if (PyErr_Occurred())
        Py_CLEAR(e);
    return e;
}

static PyObject *make_group(void)
{
    PyObject *e = PyStructSequence_New(&group_type);

    if (e == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(e, 0, PyString_FromString(user_name()));
    PyStructSequence_SET_ITEM(e, 1, PyString_FromString("x"));
    PyStructSequence_SET_ITEM(e, 2, PyInt_FromLong(host_getgid()));
    PyStructSequence_SET_ITEM(e, 3, PyList_New(0));
    if (PyErr_Occurred())
        Py_CLEAR(e);
    return e;
}

/* A user or group id, 32 bits without a sign; -1 stands for the largest. 0, or -1 with an
 * exception.
 */
static int get_id(PyObject *arg, const char *what, py_long *id)
{
    int overflow = 0;

    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *id = PyLong_Check(arg) ? PyLong_AsLongAndOverflow(arg, &overflow) : PyInt_AsLong(arg);
    if (overflow == 0 && *id == -1) {
        if (PyErr_Occurred())
            return -1;
        *id = UINT32_MAX;
    } else if (overflow != 0 || *id < 0 || *id > UINT32_MAX) {
        PyErr_Format(PyExc_OverflowError, "%s id is %s", what,
                     overflow > 0 || (overflow == 0 && *id > 0) ? "greater than maximum"
                                                                : "less than minimum");
        return -1;
    }
    return 0;
}

PyDoc_STRVAR(
    getpwuid_doc,
    "getpwuid(uid) -> (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\n\nReturn the "
    "password database entry for "
    "the given numeric user ID.");

static PyObject *pwd_getpwuid(PyObject *self, PyObject *args)
{
    PyObject *arg;
    py_long id;

    if (!PyArg_ParseTuple(args, "O:getpwuid", &arg))
        return NULL;
    if (get_id(arg, "user", &id) < 0) {
        if (PyErr_ExceptionMatches(PyExc_OverflowError)) {
            PyErr_Clear();
            PyErr_SetString(PyExc_KeyError, "getpwuid(): uid not found");
        }
        return NULL;
    }
    if (id == host_getuid())
        return make_entry();
    PyErr_Format(PyExc_KeyError, "getpwuid(): uid not found: %ld", id);
    return NULL;
}

PyDoc_STRVAR(
    getpwnam_doc,
    "getpwnam(name) -> (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\n\nReturn the "
    "password database entry for "
    "the given user name.");

static PyObject *pwd_getpwnam(PyObject *self, PyObject *args)
{
    char *name;

    if (!PyArg_ParseTuple(args, "s:getpwnam", &name))
        return NULL;
    if (strcmp(name, user_name()) == 0)
        return make_entry();
    PyErr_Format(PyExc_KeyError, "getpwnam(): name not found: %s", name);
    return NULL;
}

static PyObject *list_of(PyObject *entry)
{
    PyObject *list = entry == NULL ? NULL : Py_BuildValue("[O]", entry);

    Py_XDECREF(entry);
    return list;
}

PyDoc_STRVAR(getpwall_doc, "getpwall() -> list_of_entries\n\nReturn a list of all available "
                           "password database entries, in arbitrary order.");

static PyObject *pwd_getpwall(PyObject *self, PyObject *noargs)
{
    return list_of(make_entry());
}

PyDoc_STRVAR(
    getgrgid_doc,
    "getgrgid(id) -> tuple\n\nReturn the group database entry for the given numeric group ID.");

static PyObject *grp_getgrgid(PyObject *self, PyObject *arg)
{
    py_long id;

    PyObject *number = PyNumber_Int(arg);
    if (number == NULL)
        return NULL;
    int status = get_id(number, "group", &id);
    Py_DECREF(number);
    if (status < 0)
        return NULL;
    if (id == host_getgid())
        return make_group();
    PyErr_Format(PyExc_KeyError, "getgrgid(): gid not found: %ld", id);
    return NULL;
}

PyDoc_STRVAR(
    getgrnam_doc,
    "getgrnam(name) -> tuple\n\nReturn the group database entry for the given group name.");

static PyObject *grp_getgrnam(PyObject *self, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg), *result = NULL;

    if (text == NULL)
        return NULL;
    const char *name = PyString_AS_STRING(text);
    if (strcmp(name, user_name()) == 0)
        result = make_group();
    else
        PyErr_Format(PyExc_KeyError, "getgrnam(): name not found: %s", name);
    Py_DECREF(text);
    return result;
}

PyDoc_STRVAR(getgrall_doc, "getgrall() -> list of tuples\n\nReturn a list of all available group "
                           "entries, in arbitrary order.");

static PyObject *grp_getgrall(PyObject *self, PyObject *noargs)
{
    return list_of(make_group());
}

static PyMethodDef pwd_methods[] = {
    {"getpwuid", pwd_getpwuid, METH_VARARGS, getpwuid_doc},
    {"getpwnam", pwd_getpwnam, METH_VARARGS, getpwnam_doc},
    {"getpwall", pwd_getpwall, METH_NOARGS, getpwall_doc},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef grp_methods[] = {
    {"getgrgid", grp_getgrgid, METH_O, getgrgid_doc},
    {"getgrnam", grp_getgrnam, METH_O, getgrnam_doc},
    {"getgrall", grp_getgrall, METH_NOARGS, getgrall_doc},
    {NULL, NULL, 0, NULL},
};

static void make_types(void)
{
    if (ready)
        return;
    ready = 1;
    PyStructSequence_InitType(&passwd_type, &passwd_desc);
    PyStructSequence_InitType(&group_type, &group_desc);
}

void initpwd(void)
{
    PyObject *m = Py_InitModule3("pwd", pwd_methods,
                                 "This module provides access to the Unix password database.");

    if (m == NULL)
        return;
    make_types();
    Py_INCREF(&passwd_type);
    PyModule_AddObject(m, "struct_passwd", (PyObject *)&passwd_type);
    Py_INCREF(&passwd_type);
    PyModule_AddObject(m, "struct_pwent", (PyObject *)&passwd_type);
}

void initgrp(void)
{
    PyObject *m = Py_InitModule3("grp", grp_methods, "Access to the Unix group database.");

    if (m == NULL)
        return;
    make_types();
    Py_INCREF(&group_type);
    PyModule_AddObject(m, "struct_group", (PyObject *)&group_type);
}
