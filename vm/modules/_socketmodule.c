/* SPDX-License-Identifier: MIT */
/* _socket: what `import socket` needs. There is no network yet: names, numbers, addresses and
 * conversions are here, making a socket fails as on a machine without the protocol. */
#include "Python.h"
#include "host/host.h"

static PyObject *socket_error, *herror, *gaierror, *timeout_error;
static PyObject *default_timeout;

enum { E_AFNOSUPPORT = 97, EAI_NONAME_ = -2, E_NOSYS = 38 };

static PyObject *no_socket(void)
{
    return _PyErr_SetFromErrnum(socket_error, E_AFNOSUPPORT);
}

static PyObject *socket_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *names[] = {"family", "type", "proto", NULL};
    int family = 2, kind = 1, proto = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "|iii:socket", names, &family, &kind, &proto))
        return NULL;
    return no_socket();
}

static PyObject *unsupported(PyObject *self, PyObject *args)
{
    return no_socket();
}

static PyMethodDef socket_methods[] = {
#define METHOD(name)                                                                               \
    {                                                                                              \
#name, unsupported, METH_VARARGS, #name "(...): there is no network"                       \
    }
    METHOD(accept),        METHOD(bind),       METHOD(close),         METHOD(connect),
    METHOD(connect_ex),    METHOD(fileno),     METHOD(getpeername),   METHOD(getsockname),
    METHOD(getsockopt),    METHOD(gettimeout), METHOD(listen),        METHOD(recv),
    METHOD(recv_into),     METHOD(recvfrom),   METHOD(recvfrom_into), METHOD(send),
    METHOD(sendall),       METHOD(sendto),     METHOD(setblocking),   METHOD(setsockopt),
    METHOD(settimeout),    METHOD(shutdown),   METHOD(dup),           METHOD(makefile),
#undef METHOD
    {NULL, NULL, 0, NULL},
};

static PyTypeObject socket_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_socket.socket",
    .tp_basicsize = (Py_ssize_t)sizeof(PyObject),
    .tp_x64_basicsize = 80,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc =
        "socket([family[, type[, proto]]]) -> socket object\n\nOpen a socket of the given type.",
    .tp_methods = socket_methods,
    .tp_new = socket_new,
};

/* -- Byte order, addresses
 * --------------------------------------------------------------------------------------------- */

static PyObject *swap16(PyObject *self, PyObject *args)
{
    int x;

    if (!PyArg_ParseTuple(args, "i:htons", &x))
        return NULL;
    if (x < 0) {
        PyErr_SetString(PyExc_OverflowError, "can't convert negative number to unsigned long");
        return NULL;
    }
    return PyInt_FromLong((x & 0xff) << 8 | (x >> 8 & 0xff));
}

static PyObject *swap32(PyObject *self, PyObject *arg)
{
    uint64_t x;

    if (PyInt_Check(arg)) {
        if (PyInt_AS_LONG(arg) < 0) {
            PyErr_SetString(PyExc_OverflowError, "can't convert negative number to unsigned long");
            return NULL;
        }
        x = (uint64_t)PyInt_AS_LONG(arg);
    } else if (PyLong_Check(arg)) {
        x = PyLong_AsUnsignedLong(arg);
        if (PyErr_Occurred())
            return NULL;
    } else {
        PyErr_Format(PyExc_TypeError, "expected int/long, %s found", Py_TYPE(arg)->tp_name);
        return NULL;
    }
    if (x > UINT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "long int larger than 32 bits");
        return NULL;
    }
    x = (x & 0xff) << 24 | (x & 0xff00) << 8 | (x >> 8 & 0xff00) | (x >> 24 & 0xff);
    return PyLong_FromUnsignedLong(x);
}

/* Dotted decimal of one to four parts: 1 and *out in host order, else 0. */
static int parse_ipv4(const char *s, uint32_t *out)
{
    uint64_t part[4];
    int n = 0;

    for (;;) {
        char *end;

        if (!Py_ISDIGIT(*s) || n == 4)
            return 0;
        part[n++] = PyOS_strtoul(s, &end, 0);
        s = end;
        if (*s == '\0')
            break;
        if (*s++ != '.')
            return 0;
    }
    for (int i = 0; i < n - 1; i++)
        if (part[i] > 255)
            return 0;
    if (part[n - 1] >> (8 * (5 - n)))
        return 0;
    *out = (uint32_t)part[n - 1];
    for (int i = 0; i < n - 1; i++)
        *out |= (uint32_t)part[i] << (24 - 8 * i);
    return 1;
}

static PyObject *socket_inet_aton(PyObject *self, PyObject *args)
{
    char *s;
    uint32_t a;

    if (!PyArg_ParseTuple(args, "s:inet_aton", &s))
        return NULL;
    if (!parse_ipv4(s, &a)) {
        PyErr_SetString(socket_error, "illegal IP address string passed to inet_aton");
        return NULL;
    }
    {
        char b[4] = {(char)(a >> 24), (char)(a >> 16), (char)(a >> 8), (char)a};

        return PyString_FromStringAndSize(b, 4);
    }
}

static PyObject *socket_inet_ntoa(PyObject *self, PyObject *args)
{
    const unsigned char *b;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, "s#:inet_ntoa", &b, &n))
        return NULL;
    if (n != 4) {
        PyErr_SetString(socket_error, "packed IP wrong length");
        return NULL;
    }
    return PyString_FromFormat("%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
}

static PyObject *raise_gai(int code, const char *text)
{
    PyObject *v = Py_BuildValue("(is)", code, text);

    if (v != NULL) {
        PyErr_SetObject(gaierror, v);
        Py_DECREF(v);
    }
    return NULL;
}

static PyObject *socket_gethostbyname(PyObject *self, PyObject *args)
{
    char *name;
    uint32_t a;

    if (!PyArg_ParseTuple(args, "s:gethostbyname", &name))
        return NULL;
    if (strcmp(name, "localhost") == 0 || strcmp(name, "krait") == 0)
        return PyString_FromString("127.0.0.1");
    if (parse_ipv4(name, &a))
        return PyString_FromFormat("%d.%d.%d.%d", (int)(a >> 24), (int)(a >> 16 & 255),
                                   (int)(a >> 8 & 255), (int)(a & 255));
    return raise_gai(EAI_NONAME_, "Name or service not known");
}

static PyObject *socket_gethostname(PyObject *self, PyObject *noargs)
{
    return PyString_FromString("krait");
}

static PyObject *no_name(PyObject *self, PyObject *args)
{
    return raise_gai(EAI_NONAME_, "Name or service not known");
}

static PyObject *no_service(PyObject *self, PyObject *args)
{
    PyErr_SetString(socket_error, "service/proto not found");
    return NULL;
}

static PyObject *socket_getprotobyname(PyObject *self, PyObject *args)
{
    char *name;

    if (!PyArg_ParseTuple(args, "s:getprotobyname", &name))
        return NULL;
    if (strcmp(name, "tcp") == 0)
        return PyInt_FromLong(6);
    if (strcmp(name, "udp") == 0)
        return PyInt_FromLong(17);
    if (strcmp(name, "icmp") == 0)
        return PyInt_FromLong(1);
    PyErr_SetString(socket_error, "protocol not found");
    return NULL;
}

static PyObject *socket_getdefaulttimeout(PyObject *self, PyObject *noargs)
{
    PyObject *v = default_timeout ? default_timeout : Py_None;

    Py_INCREF(v);
    return v;
}

static PyObject *socket_setdefaulttimeout(PyObject *self, PyObject *arg)
{
    PyObject *v = NULL;

    if (arg != Py_None) {
        double t = PyFloat_AsDouble(arg);

        if (t == -1.0 && PyErr_Occurred())
            return NULL;
        if (t < 0) {
            PyErr_SetString(PyExc_ValueError, "Timeout value out of range");
            return NULL;
        }
        v = PyFloat_FromDouble(t);
        if (v == NULL)
            return NULL;
    }
    Py_XSETREF(default_timeout, v);
    Py_RETURN_NONE;
}

static PyMethodDef module_methods[] = {
    {"gethostbyname", socket_gethostbyname, METH_VARARGS, "gethostbyname(host) -> address"},
    {"gethostbyname_ex", no_name, METH_VARARGS,
     "gethostbyname_ex(host) -> (name, aliaslist, addresslist)"},
    {"gethostbyaddr", no_name, METH_VARARGS,
     "gethostbyaddr(host) -> (name, aliaslist, addresslist)"},
    {"gethostname", socket_gethostname, METH_NOARGS,
     "gethostname() -> string\n\nReturn the current host name."},
    {"getaddrinfo", no_name, METH_VARARGS,
     "getaddrinfo(host, port [, family, socktype, proto, flags]) -> list"},
    {"getnameinfo", no_name, METH_VARARGS, "getnameinfo(sockaddr, flags) --> (host, port)"},
    {"getservbyname", no_service, METH_VARARGS,
     "getservbyname(servicename[, protocolname]) -> integer"},
    {"getservbyport", no_service, METH_VARARGS, "getservbyport(port[, protocolname]) -> string"},
    {"getprotobyname", socket_getprotobyname, METH_VARARGS, "getprotobyname(name) -> integer"},
    {"socketpair", unsupported, METH_VARARGS, "socketpair(): there is no network"},
    {"fromfd", unsupported, METH_VARARGS, "fromfd(): there is no network"},
    {"ntohs", swap16, METH_VARARGS, "ntohs(integer) -> integer"},
    {"htons", swap16, METH_VARARGS, "htons(integer) -> integer"},
    {"ntohl", swap32, METH_O, "ntohl(integer) -> integer"},
    {"htonl", swap32, METH_O, "htonl(integer) -> integer"},
    {"inet_aton", socket_inet_aton, METH_VARARGS,
     "inet_aton(string) -> packed 32-bit IP representation"},
    {"inet_ntoa", socket_inet_ntoa, METH_VARARGS, "inet_ntoa(packed_ip) -> ip_address_string"},
    {"getdefaulttimeout", socket_getdefaulttimeout, METH_NOARGS, "getdefaulttimeout() -> timeout"},
    {"setdefaulttimeout", socket_setdefaulttimeout, METH_O, "setdefaulttimeout(timeout)"},
    {NULL, NULL, 0, NULL},
};

static const struct {
    const char *name;
    int value;
} constants[] = {
    {"AF_UNSPEC", 0},      {"AF_UNIX", 1},
    {"AF_INET", 2},        {"SOCK_STREAM", 1},
    {"SOCK_DGRAM", 2},     {"SOCK_RAW", 3},
    {"SOCK_RDM", 4},       {"SOCK_SEQPACKET", 5},
    {"SOL_SOCKET", 1},     {"SOL_IP", 0},
    {"SOL_TCP", 6},        {"SOL_UDP", 17},
    {"SO_DEBUG", 1},       {"SO_REUSEADDR", 2},
    {"SO_TYPE", 3},        {"SO_ERROR", 4},
    {"SO_DONTROUTE", 5},   {"SO_BROADCAST", 6},
    {"SO_SNDBUF", 7},      {"SO_RCVBUF", 8},
    {"SO_KEEPALIVE", 9},   {"SO_OOBINLINE", 10},
    {"SO_LINGER", 13},     {"SO_REUSEPORT", 15},
    {"SO_RCVLOWAT", 18},   {"SO_SNDLOWAT", 19},
    {"SO_RCVTIMEO", 20},   {"SO_SNDTIMEO", 21},
    {"SOMAXCONN", 4096},   {"MSG_OOB", 1},
    {"MSG_PEEK", 2},       {"MSG_DONTROUTE", 4},
    {"MSG_DONTWAIT", 64},  {"MSG_WAITALL", 256},
    {"MSG_TRUNC", 32},     {"MSG_CTRUNC", 8},
    {"MSG_EOR", 128},      {"IPPROTO_IP", 0},
    {"IPPROTO_ICMP", 1},   {"IPPROTO_TCP", 6},
    {"IPPROTO_UDP", 17},   {"IPPROTO_RAW", 255},
    {"INADDR_ANY", 0},     {"INADDR_LOOPBACK", 0x7f000001},
    {"TCP_NODELAY", 1},    {"TCP_MAXSEG", 2},
    {"TCP_KEEPIDLE", 4},   {"TCP_KEEPINTVL", 5},
    {"TCP_KEEPCNT", 6},    {"SHUT_RD", 0},
    {"SHUT_WR", 1},        {"SHUT_RDWR", 2},
    {"NI_NUMERICHOST", 1}, {"NI_NUMERICSERV", 2},
    {"NI_NOFQDN", 4},      {"NI_NAMEREQD", 8},
    {"NI_DGRAM", 16},      {"NI_MAXHOST", 1025},
    {"NI_MAXSERV", 32},    {"AI_PASSIVE", 1},
    {"AI_CANONNAME", 2},   {"AI_NUMERICHOST", 4},
    {"AI_ADDRCONFIG", 32}, {"AI_NUMERICSERV", 1024},
    {"EAI_BADFLAGS", -1},  {"EAI_NONAME", -2},
    {"EAI_AGAIN", -3},     {"EAI_FAIL", -4},
    {"EAI_NODATA", -5},    {"EAI_FAMILY", -6},
    {"EAI_SOCKTYPE", -7},  {"EAI_SERVICE", -8},
    {"EAI_MEMORY", -10},   {"EAI_SYSTEM", -11},
};

void init_socket(void)
{
    PyObject *m;
    size_t i;

    if (PyType_Ready(&socket_type) < 0)
        return;
    m = Py_InitModule3("_socket", module_methods,
                       "Implementation module for socket operations: without a network.");
    if (m == NULL)
        return;
    if (socket_error == NULL) {
        socket_error = PyErr_NewException("socket.error", PyExc_IOError, NULL);
        herror = PyErr_NewException("socket.herror", socket_error, NULL);
        gaierror = PyErr_NewException("socket.gaierror", socket_error, NULL);
        timeout_error = PyErr_NewException("socket.timeout", socket_error, NULL);
    }
    if (timeout_error == NULL)
        return;
    Py_INCREF(socket_error);
    PyModule_AddObject(m, "error", socket_error);
    Py_INCREF(herror);
    PyModule_AddObject(m, "herror", herror);
    Py_INCREF(gaierror);
    PyModule_AddObject(m, "gaierror", gaierror);
    Py_INCREF(timeout_error);
    PyModule_AddObject(m, "timeout", timeout_error);
    Py_INCREF(&socket_type);
    PyModule_AddObject(m, "SocketType", (PyObject *)&socket_type);
    Py_INCREF(&socket_type);
    PyModule_AddObject(m, "socket", (PyObject *)&socket_type);
    Py_INCREF(Py_False);
    PyModule_AddObject(m, "has_ipv6", Py_False);
    for (i = 0; i < sizeof constants / sizeof constants[0]; i++)
        PyModule_AddIntConstant(m, constants[i].name, constants[i].value);
}
