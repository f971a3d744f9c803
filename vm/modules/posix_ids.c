/* SPDX-License-Identifier: MIT */
/* posix: who the process is: the ids of its user and group, and its further groups. Invariant: an
 * id is a uint32; -1 in a call means "as it is" where the system call says so, and is the system's
 * to refuse elsewhere. */
#include "modules/posix_private.h"

enum { ID_ERROR = -22, MOST_GROUPS = 65536 };

/* An id of an argument; 0 with an error. `what` is "user" or "group". */
static int id_of(PyObject *o, const char *what, int64_t *id)
{
    int overflow = 0;
    py_long n;

    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return 0;
    }
    n = PyLong_Check(o) ? PyLong_AsLongAndOverflow(o, &overflow) : PyInt_AsLong(o);
    if (n == -1 && PyErr_Occurred())
        return 0;
    if (overflow < 0 || (overflow == 0 && n < -1)) {
        PyErr_Format(PyExc_OverflowError, "%s id is less than minimum", what);
        return 0;
    }
    if (overflow > 0 || n > UINT32_MAX) {
        PyErr_Format(PyExc_OverflowError, "%s id is greater than maximum", what);
        return 0;
    }
    *id = n;
    return 1;
}

int _PyPosix_UserId(PyObject *o, void *out)
{
    return id_of(o, "user", out);
}

int _PyPosix_GroupId(PyObject *o, void *out)
{
    return id_of(o, "group", out);
}

typedef int (*Converter)(PyObject *, void *);

static PyObject *set_one(PyObject *args, const char *format, Converter converter, int how)
{
    int64_t id;

    if (!PyArg_ParseTuple(args, format, converter, &id))
        return NULL;
    return _PyPosix_Done(host_set_ids(how, (int)id, -1, -1));
}

static PyObject *set_two(PyObject *args, const char *format, Converter converter, int how)
{
    int64_t real, effective;

    if (!PyArg_ParseTuple(args, format, converter, &real, converter, &effective))
        return NULL;
    return _PyPosix_Done(host_set_ids(how, (int)real, (int)effective, -1));
}

static PyObject *set_three(PyObject *args, const char *format, Converter converter, int how)
{
    int64_t real, effective, saved;

    if (!PyArg_ParseTuple(args, format, converter, &real, converter, &effective, converter, &saved))
        return NULL;
    return _PyPosix_Done(host_set_ids(how, (int)real, (int)effective, (int)saved));
}

static PyObject *posix_setuid(PyObject *self, PyObject *args)
{
    return set_one(args, "O&:setuid", _PyPosix_UserId, HOST_SET_USER);
}

static PyObject *posix_seteuid(PyObject *self, PyObject *args)
{
    return set_one(args, "O&:seteuid", _PyPosix_UserId, HOST_SET_EFFECTIVE_USER);
}

static PyObject *posix_setreuid(PyObject *self, PyObject *args)
{
    return set_two(args, "O&O&:setreuid", _PyPosix_UserId, HOST_SET_TWO_USERS);
}

static PyObject *posix_setresuid(PyObject *self, PyObject *args)
{
    return set_three(args, "O&O&O&:setresuid", _PyPosix_UserId, HOST_SET_THREE_USERS);
}

static PyObject *posix_setgid(PyObject *self, PyObject *args)
{
    return set_one(args, "O&:setgid", _PyPosix_GroupId, HOST_SET_USER | HOST_SET_GROUP);
}

static PyObject *posix_setegid(PyObject *self, PyObject *args)
{
    return set_one(args, "O&:setegid", _PyPosix_GroupId, HOST_SET_EFFECTIVE_USER | HOST_SET_GROUP);
}

static PyObject *posix_setregid(PyObject *self, PyObject *args)
{
    return set_two(args, "O&O&:setregid", _PyPosix_GroupId, HOST_SET_TWO_USERS | HOST_SET_GROUP);
}

static PyObject *posix_setresgid(PyObject *self, PyObject *args)
{
    return set_three(args, "O&O&O&:setresgid", _PyPosix_GroupId,
                     HOST_SET_THREE_USERS | HOST_SET_GROUP);
}

/* One of the three ids (real, effective, saved), or all. */
static PyObject *one_id(int groups, int which)
{
    uint32_t ids[3];
    int status = host_ids(groups, ids);

    return status < 0 ? _PyPosix_Error(status) : PyInt_FromLong(ids[which]);
}

static PyObject *three_ids(int groups)
{
    uint32_t ids[3];
    int status = host_ids(groups, ids);

    if (status < 0)
        return _PyPosix_Error(status);
    return Py_BuildValue("(NNN)", PyInt_FromLong(ids[0]), PyInt_FromLong(ids[1]),
                         PyInt_FromLong(ids[2]));
}

static PyObject *posix_getuid(PyObject *self, PyObject *noargs)
{
    return one_id(0, 0);
}

static PyObject *posix_geteuid(PyObject *self, PyObject *noargs)
{
    return one_id(0, 1);
}

static PyObject *posix_getgid(PyObject *self, PyObject *noargs)
{
    return one_id(1, 0);
}

static PyObject *posix_getegid(PyObject *self, PyObject *noargs)
{
    return one_id(1, 1);
}

static PyObject *posix_getresuid(PyObject *self, PyObject *noargs)
{
    return three_ids(0);
}

static PyObject *posix_getresgid(PyObject *self, PyObject *noargs)
{
    return three_ids(1);
}

/* -- Further groups
 * ------------------------------------------------------------------------------------------------
 */

static PyObject *posix_getgroups(PyObject *self, PyObject *noargs)
{
    uint32_t *groups = PyMem_Malloc(MOST_GROUPS * (Py_ssize_t)sizeof *groups);
    PyObject *list = NULL;
    int n;

    if (groups == NULL)
        return PyErr_NoMemory();
    n = host_groups(groups, MOST_GROUPS);
    if (n < 0)
        _PyPosix_Error(n);
    else
        list = PyList_New(n);
    for (int i = 0; list != NULL && i < n; i++) {
        PyObject *id = PyInt_FromLong(groups[i]);

        if (id == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, id);
    }
    PyMem_Free(groups);
    return list;
}

static PyObject *set_groups(PyObject *fast)
{
    Py_ssize_t n = PySequence_Fast_GET_SIZE(fast);
    uint32_t *groups;
    PyObject *result = NULL;

    if (n > MOST_GROUPS) {
        PyErr_SetString(PyExc_ValueError, "too many groups");
        return NULL;
    }
    groups = PyMem_Malloc((n + 1) * (Py_ssize_t)sizeof *groups);
    if (groups == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(fast, i);
        int64_t id = 0;

        if (!PyInt_Check(item) && !PyLong_Check(item)) {
            PyErr_SetString(PyExc_TypeError, "groups must be integers");
            goto done;
        }
        if (!_PyPosix_GroupId(item, &id))
            goto done;
        groups[i] = (uint32_t)id;
    }
    result = _PyPosix_Done(host_set_groups(groups, (int)n));
done:
    PyMem_Free(groups);
    return result;
}

static PyObject *posix_setgroups(PyObject *self, PyObject *sequence)
{
    PyObject *fast, *result;

    if (!PySequence_Check(sequence)) {
        PyErr_SetString(PyExc_TypeError, "setgroups argument must be a sequence");
        return NULL;
    }
    fast = PySequence_Fast(sequence, "setgroups argument must be a sequence");
    if (fast == NULL)
        return NULL;
    result = set_groups(fast);
    Py_DECREF(fast);
    return result;
}

/* The ids of the groups that name the user, after `gid`. */
static PyObject *groups_of(const char *user, int64_t gid)
{
    PyObject *grp = PyImport_ImportModule("grp"), *all, *ids = NULL, *first;

    if (grp == NULL)
        return NULL;
    all = PyObject_CallMethod(grp, "getgrall", NULL);
    Py_DECREF(grp);
    if (all == NULL)
        return NULL;
    ids = PyList_New(0);
    first = PyInt_FromLong(gid);
    if (ids == NULL || first == NULL || PyList_Append(ids, first) < 0)
        Py_CLEAR(ids);
    Py_XDECREF(first);
    for (Py_ssize_t i = 0; ids != NULL && i < PyList_GET_SIZE(all); i++) {
        PyObject *group = PyList_GET_ITEM(all, i), *members = PySequence_GetItem(group, 3),
                 *id = PySequence_GetItem(group, 2), *name = PyString_FromString(user);
        int is =
            members == NULL || id == NULL || name == NULL ? -1 : PySequence_Contains(members, name);

        if (is < 0 || (is && PyList_Append(ids, id) < 0))
            Py_CLEAR(ids);
        Py_XDECREF(members);
        Py_XDECREF(id);
        Py_XDECREF(name);
    }
    Py_DECREF(all);
    return ids;
}

static PyObject *posix_initgroups(PyObject *self, PyObject *args)
{
    PyObject *ids, *result;
    char *user;
    int64_t gid;

    if (!PyArg_ParseTuple(args, "sO&:initgroups", &user, _PyPosix_GroupId, &gid))
        return NULL;
    if (gid < 0)
        return _PyPosix_Error(ID_ERROR);
    ids = groups_of(user, gid);
    if (ids == NULL)
        return NULL;
    result = set_groups(ids);
    Py_DECREF(ids);
    return result;
}

PyMethodDef _PyPosix_IdMethods[] = {
    {"getuid", posix_getuid, METH_NOARGS,
     "getuid() -> uid\n\nReturn the current process's user id."},
    {"geteuid", posix_geteuid, METH_NOARGS,
     "geteuid() -> euid\n\nReturn the current process's effective user id."},
    {"getgid", posix_getgid, METH_NOARGS,
     "getgid() -> gid\n\nReturn the current process's group id."},
    {"getegid", posix_getegid, METH_NOARGS,
     "getegid() -> egid\n\nReturn the current process's effective group id."},
    {"getresuid", posix_getresuid, METH_NOARGS,
     "getresuid() -> (ruid, euid, suid)\n\nGet tuple of the current process's real, effective, and "
     "saved user ids."},
    {"getresgid", posix_getresgid, METH_NOARGS,
     "getresgid() -> (rgid, egid, sgid)\n\nGet tuple of the current process's real, effective, and "
     "saved group ids."},
    {"setuid", posix_setuid, METH_VARARGS, "setuid(uid)\n\nSet the current process's user id."},
    {"seteuid", posix_seteuid, METH_VARARGS,
     "seteuid(uid)\n\nSet the current process's effective user id."},
    {"setreuid", posix_setreuid, METH_VARARGS,
     "setreuid(ruid, euid)\n\nSet the current process's real and effective user ids."},
    {"setresuid", posix_setresuid, METH_VARARGS,
     "setresuid(ruid, euid, suid)\n\nSet the current process's real, effective, and saved user "
     "ids."},
    {"setgid", posix_setgid, METH_VARARGS, "setgid(gid)\n\nSet the current process's group id."},
    {"setegid", posix_setegid, METH_VARARGS,
     "setegid(gid)\n\nSet the current process's effective group id."},
    {"setregid", posix_setregid, METH_VARARGS,
     "setregid(rgid, egid)\n\nSet the current process's real and effective group ids."},
    {"setresgid", posix_setresgid, METH_VARARGS,
     "setresgid(rgid, egid, sgid)\n\nSet the current process's real, effective, and saved group "
     "ids."},
    {"getgroups", posix_getgroups, METH_NOARGS,
     "getgroups() -> list of group IDs\n\nReturn list of supplemental group IDs for the process."},
    {"setgroups", posix_setgroups, METH_O,
     "setgroups(list)\n\nSet the groups of the current process to list."},
    {"initgroups", posix_initgroups, METH_VARARGS,
     "initgroups(username, gid) -> None\n\nCall the system initgroups() to initialize the group "
     "access list with all of\nthe groups of which the specified username is a member, plus the "
     "specified\ngroup id."},
    {NULL, NULL, 0, NULL},
};
