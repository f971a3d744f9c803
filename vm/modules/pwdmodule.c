/* SPDX-License-Identifier: MIT */
/* pwd and grp: the user database, of one user: the one who runs the program, who is root where the
 * host knows no other. */
#include "Python.h"
#include "modules/posix_private.h"
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

PyDoc_STRVAR(
    getpwuid_doc,
    "getpwuid(uid) -> (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\n\nReturn the "
    "password database entry for "
    "the given numeric user ID.");

static PyObject *pwd_getpwuid(PyObject *self, PyObject *args)
{
    int64_t id;

    if (!PyArg_ParseTuple(args, "O&:getpwuid", _PyPosix_UserId, &id)) {
        if (PyErr_ExceptionMatches(PyExc_OverflowError))
            PyErr_SetString(PyExc_KeyError, "getpwuid(): uid not found");
        return NULL;
    }
    if ((uint32_t)id == (uint32_t)host_getuid())
        return make_entry();
    PyErr_Format(PyExc_KeyError, "getpwuid(): uid not found: %u", (unsigned int)id);
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
    PyObject *number = PyNumber_Int(arg);
    int64_t id = 0;
    int is_id = number != NULL && _PyPosix_GroupId(number, &id);

    Py_XDECREF(number);
    if (!is_id)
        return NULL;
    if ((uint32_t)id == (uint32_t)host_getgid())
        return make_group();
    PyErr_Format(PyExc_KeyError, "getgrgid(): gid not found: %u", (unsigned int)id);
    return NULL;
}

PyDoc_STRVAR(
    getgrnam_doc,
    "getgrnam(name) -> tuple\n\nReturn the group database entry for the given group name.");

static PyObject *grp_getgrnam(PyObject *self, PyObject *arg)
{
    PyObject *name = PyObject_Str(arg), *result = NULL;

    if (name == NULL)
        return NULL;
    if (strcmp(PyString_AS_STRING(name), user_name()) == 0)
        result = make_group();
    else
        PyErr_Format(PyExc_KeyError, "getgrnam(): name not found: %s", PyString_AS_STRING(name));
    Py_DECREF(name);
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
