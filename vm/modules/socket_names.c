/* SPDX-License-Identifier: MIT */
/* _socket: addresses and their texts, names of hosts, services and protocols. Names of hosts are
 * the host's business (host_resolve) unless they are numbers; services and protocols stand in the
 * files of /etc, or, where there are none, in a short list here. */
#include "modules/socket_private.h"
#include "modules/signal_private.h"

enum { EAI_BADFLAGS_ = -1, EAI_NONAME_ = -2, EAI_AGAIN_ = -3, EAI_FAIL_ = -4, EAI_FAMILY_ = -6 };
enum { EAI_SOCKTYPE_ = -7, EAI_SERVICE_ = -8, EAI_ADDRFAMILY_ = -9 };
enum { AI_PASSIVE_ = 1, AI_CANONNAME_ = 2, AI_NUMERICHOST_ = 4, AI_KNOWN = 0x7ff };
enum {
    NI_NUMERICHOST_ = 1,
    NI_NUMERICSERV_ = 2,
    NI_NAMEREQD_ = 8,
    NI_DGRAM_ = 16,
    NI_KNOWN = 0x1ff
};
enum { TCP = 6, UDP = 17, ADDRESSES = 32, NAME_MAX_ = 1025, E_AFNOSUPPORT = 97 };

static PyObject *fail_with(PyObject *type, int code, const char *text)
{
    PyObject *v = Py_BuildValue("(is)", code, text);

    if (v != NULL) {
        PyErr_SetObject(type, v);
        Py_DECREF(v);
    }
    return NULL;
}

static PyObject *fail_gai(int code)
{
    static const struct {
        int code;
        const char *text;
    } texts[] = {
        {EAI_BADFLAGS_, "Bad value for ai_flags"},
        {EAI_NONAME_, "Name or service not known"},
        {EAI_AGAIN_, "Temporary failure in name resolution"},
        {EAI_FAIL_, "Non-recoverable failure in name resolution"},
        {EAI_FAMILY_, "ai_family not supported"},
        {EAI_SOCKTYPE_, "ai_socktype not supported"},
        {EAI_SERVICE_, "Servname not supported for ai_socktype"},
        {EAI_ADDRFAMILY_, "Address family for hostname not supported"},
        {-5, "No address associated with hostname"},
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].code == code)
            return fail_with(_PySocket_GaiError, code, texts[i].text);
    return fail_with(_PySocket_GaiError, code, "Unknown error");
}

/* ---- Texts of addresses ---- */

/* One to four numbers with dots, as inet_aton(3): 1 and *out in host order, else 0. */
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
        if (*s == '\0' || Py_ISSPACE(*s))
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

/* Four decimal numbers without leading zeros, as inet_pton(3); where it ends, or NULL. */
static const char *parse_quad(const char *s, unsigned char out[4])
{
    for (int i = 0; i < 4; i++) {
        int value = 0, digits = 0;

        if (i > 0 && *s++ != '.')
            return NULL;
        while (Py_ISDIGIT(*s)) {
            if (digits++ > 0 && value == 0)
                return NULL;
            value = value * 10 + (*s++ - '0');
            if (value > 255)
                return NULL;
        }
        if (digits == 0)
            return NULL;
        out[i] = (unsigned char)value;
    }
    return s;
}

static int hex_value(char c)
{
    return Py_ISDIGIT(c)          ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static int parse_ipv6(const char *s, unsigned char out[16])
{
    unsigned char got[16];
    int n = 0, gap = -1;

    if (s[0] == ':') {
        if (s[1] != ':')
            return 0;
        s++;
    }
    while (*s != '\0') {
        const char *group = s;
        int value = 0, digits = 0;

        if (*s == ':') {
            if (gap >= 0)
                return 0;
            gap = n;
            s++;
            continue;
        }
        for (; hex_value(*s) >= 0 && digits < 5; digits++)
            value = value * 16 + hex_value(*s++);
        if (*s == '.' && n <= 12) {
            const char *end = parse_quad(group, got + n);

            if (end == NULL || *end != '\0')
                return 0;
            n += 4;
            break;
        }
        if (digits == 0 || digits > 4 || n > 14)
            return 0;
        got[n++] = (unsigned char)(value >> 8);
        got[n++] = (unsigned char)value;
        if (*s == ':') {
            s++;
            if (*s == '\0')
                return 0;
        } else if (*s != '\0')
            return 0;
    }
    if (gap < 0 ? n != 16 : n > 14)
        return 0;
    memset(out, 0, 16);
    if (gap < 0)
        gap = n;
    memcpy(out, got, (size_t)gap);
    memcpy(out + 16 - (n - gap), got + gap, (size_t)(n - gap));
    return 1;
}

static void format_ipv6(const unsigned char *b, char *out, size_t room)
{
    int group[8], best = -1, length = 1;
    size_t used = 0;

    for (int i = 0; i < 8; i++)
        group[i] = b[2 * i] << 8 | b[2 * i + 1];
    for (int i = 0; i < 8; i++) {
        int end = i;

        while (end < 8 && group[end] == 0)
            end++;
        if (end - i > length) {
            best = i;
            length = end - i;
        }
    }
    for (int i = 0; i < 8; i++) {
        if (i == best) {
            used += (size_t)snprintf(out + used, room - used, "::");
            i += length - 1;
            continue;
        }
        if (i == 6 && best == 0 && (length == 6 || (length == 5 && group[5] == 0xffff))) {
            snprintf(out + used, room - used, "%s%d.%d.%d.%d", length == 5 ? ":" : "", b[12], b[13],
                     b[14], b[15]);
            return;
        }
        used += (size_t)snprintf(out + used, room - used, "%s%x",
                                 i > 0 && i != best + length ? ":" : "", (unsigned)group[i]);
    }
}

static PyObject *ipv4_text(const unsigned char *b)
{
    return PyString_FromFormat("%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
}

/* ---- Names of hosts ---- */

enum { E_INTR = -4 };

/* After an answer that is none: 0 when it is worth asking again, -1 with an error. */
static int wait_for_host(int answer)
{
    if (answer == E_INTR)
        return _PySignal_CheckHost();
    return PyEval_Block(PyThread_FOREVER) < 0 ? -1 : 0;
}

/* IPv4 addresses of a name, 4 bytes each: how many, or -1 with an error. */
static int resolve(const char *name, unsigned char *out)
{
    unsigned char six[16];
    uint32_t a;
    int count;

    if (parse_ipv6(name, six)) {
        fail_gai(EAI_ADDRFAMILY_);
        return -1;
    }
    if (name[0] == '\0')
        a = 0;
    else if (strcmp(name, "<broadcast>") == 0)
        a = UINT32_MAX;
    else if (!parse_ipv4(name, &a)) {
        while ((count = host_resolve(name, out, ADDRESSES)) == HOST_PENDING || count == E_INTR)
            if (wait_for_host(count) < 0)
                return -1;
        if (count > 0)
            return count;
        fail_gai(count > HOST_GAI ? EAI_FAIL_ : count - HOST_GAI);
        return -1;
    }
    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(a >> (24 - 8 * i));
    return 1;
}

static void set_ipv4(sock_addr *out, const unsigned char ip[4], int port)
{
    memset(out, 0, sizeof *out);
    out->bytes[0] = AF_INET_;
    out->bytes[2] = (unsigned char)(port >> 8);
    out->bytes[3] = (unsigned char)port;
    memcpy(out->bytes + 4, ip, 4);
    out->length = 16;
}

static void set_ipv6(sock_addr *out, const unsigned char ip[16], int port, uint32_t flow,
                     uint32_t scope)
{
    memset(out, 0, sizeof *out);
    out->bytes[0] = AF_INET6_;
    out->bytes[2] = (unsigned char)(port >> 8);
    out->bytes[3] = (unsigned char)port;
    for (int i = 0; i < 4; i++) {
        out->bytes[4 + i] = (unsigned char)(flow >> (24 - 8 * i));
        out->bytes[24 + i] = (unsigned char)(scope >> 8 * i);
    }
    memcpy(out->bytes + 8, ip, 16);
    out->length = 28;
}

/* An IPv6 address: of numbers, empty for all, or one of IPv4's in its clothes. Names have none: the
 * host is asked for IPv4 only. 0, or -1 with an error. */
static int resolve_ipv6(const char *name, unsigned char out[16])
{
    uint32_t a;

    memset(out, 0, 16);
    if (name[0] == '\0' || parse_ipv6(name, out))
        return 0;
    if (!parse_ipv4(name, &a)) {
        fail_gai(EAI_NONAME_);
        return -1;
    }
    out[10] = out[11] = 0xff;
    for (int i = 0; i < 4; i++)
        out[12 + i] = (unsigned char)(a >> (24 - 8 * i));
    return 0;
}

static int parse_inet6(PyObject *address, sock_addr *out)
{
    unsigned int flow = 0, scope = 0;
    unsigned char ip[16];
    int port, status;
    char *host = NULL;

    if (!PyArg_ParseTuple(address, "eti|II", "idna", &host, &port, &flow, &scope))
        return -1;
    status = resolve_ipv6(host, ip);
    PyMem_Free(host);
    if (status < 0)
        return -1;
    if (port < 0 || port > 0xffff) {
        PyErr_SetString(PyExc_OverflowError, "getsockaddrarg: port must be 0-65535.");
        return -1;
    }
    if (flow > 0xfffff) {
        PyErr_SetString(PyExc_OverflowError, "getsockaddrarg: flowinfo must be 0-1048575.");
        return -1;
    }
    set_ipv6(out, ip, port, flow, scope);
    return 0;
}

static int parse_unix(PyObject *address, sock_addr *out)
{
    char *path;
    Py_ssize_t n;

    if (!PyArg_Parse(address, "t#", &path, &n))
        return -1;
    /* A name that begins with NUL is no path, and may fill all the room. */
    if (n > 108 || (n == 108 && path[0] != '\0')) {
        PyErr_SetString(_PySocket_Error, "AF_UNIX path too long");
        return -1;
    }
    memset(out, 0, sizeof *out);
    out->bytes[0] = AF_UNIX_;
    memcpy(out->bytes + 2, path, (size_t)n);
    /* An empty name asks for one to be found. */
    out->length = 2 + (int)n + (n > 0 && path[0] != '\0');
    return 0;
}

int _PySocket_ParseAddress(int family, PyObject *address, sock_addr *out)
{
    unsigned char ips[4 * ADDRESSES];
    char *host = NULL;
    int port, count;

    if (family == AF_UNIX_)
        return parse_unix(address, out);
    if (family != AF_INET_ && family != AF_INET6_) {
        PyErr_SetString(_PySocket_Error, "getsockaddrarg: bad family");
        return -1;
    }
    if (!PyTuple_Check(address)) {
        PyErr_Format(PyExc_TypeError, "getsockaddrarg: AF_INET%s address must be tuple, not %.500s",
                     family == AF_INET_ ? "" : "6", Py_TYPE(address)->tp_name);
        return -1;
    }
    if (family == AF_INET6_)
        return parse_inet6(address, out);
    if (!PyArg_ParseTuple(address, "eti:getsockaddrarg", "idna", &host, &port))
        return -1;
    count = resolve(host, ips);
    PyMem_Free(host);
    if (count < 0)
        return -1;
    if (port < 0 || port > 0xffff) {
        PyErr_SetString(PyExc_OverflowError, "getsockaddrarg: port must be 0-65535.");
        return -1;
    }
    set_ipv4(out, ips, port);
    return 0;
}

PyObject *_PySocket_MakeAddress(int family, const sock_addr *a)
{
    const unsigned char *b = a->bytes;
    size_t n;

    if (a->length == 0)
        Py_RETURN_NONE;
    switch (b[0] | b[1] << 8) {
    case AF_INET_: {
        PyObject *text = ipv4_text(b + 4);

        return text == NULL ? NULL : Py_BuildValue("(Ni)", text, b[2] << 8 | b[3]);
    }
    case AF_INET6_: {
        uint32_t flow = 0, scope = 0;
        char text[64];

        format_ipv6(b + 8, text, sizeof text);
        for (int i = 0; i < 4; i++) {
            flow = flow << 8 | b[4 + i];
            scope |= (uint32_t)b[24 + i] << 8 * i;
        }
        return Py_BuildValue("(siII)", text, b[2] << 8 | b[3], flow, scope);
    }
    case AF_UNIX_:
        if (a->length <= 2)
            return PyString_FromString("");
        n = (size_t)a->length - 2;
        if (b[2] != '\0') {
            const void *end = memchr(b + 2, '\0', n);

            n = end == NULL ? n : (size_t)((const unsigned char *)end - (b + 2));
        }
        return PyString_FromStringAndSize((const char *)b + 2, (Py_ssize_t)n);
    default:
        return Py_BuildValue("(is#)", b[0] | b[1] << 8, (const char *)b + 2,
                             (Py_ssize_t)a->length - 2);
    }
}

static PyObject *names_gethostname(PyObject *self, PyObject *noargs)
{
    char name[NAME_MAX_];
    int status = host_hostname(name, sizeof name);

    return status < 0 ? _PySocket_Fail(status) : PyString_FromString(name);
}

static PyObject *names_gethostbyname(PyObject *self, PyObject *args)
{
    unsigned char ips[4 * ADDRESSES];
    char *name;

    if (!PyArg_ParseTuple(args, "s:gethostbyname", &name) || resolve(name, ips) < 0)
        return NULL;
    return ipv4_text(ips);
}

static PyObject *host_entry(const char *name, const unsigned char *ips, int count)
{
    PyObject *list = PyList_New(0);

    for (int i = 0; list != NULL && i < count; i++) {
        PyObject *text = ipv4_text(ips + 4 * i);

        if (text == NULL || PyList_Append(list, text) < 0)
            Py_CLEAR(list);
        Py_XDECREF(text);
    }
    return list == NULL ? NULL : Py_BuildValue("(s[]N)", name, list);
}

static PyObject *names_gethostbyname_ex(PyObject *self, PyObject *args)
{
    unsigned char ips[4 * ADDRESSES];
    char *name;
    int count;

    if (!PyArg_ParseTuple(args, "s:gethostbyname_ex", &name) || (count = resolve(name, ips)) < 0)
        return NULL;
    return host_entry(name, ips, count);
}

/* The name of an address: 1, 0 when it has none, -1 with an error. */
static int name_of_address(const unsigned char ip[4], char name[NAME_MAX_])
{
    int status;

    while ((status = host_resolve_back(ip, name, NAME_MAX_)) == HOST_PENDING || status == E_INTR)
        if (wait_for_host(status) < 0)
            return -1;
    return status >= 0;
}

static PyObject *names_gethostbyaddr(PyObject *self, PyObject *args)
{
    unsigned char ips[4 * ADDRESSES];
    char *host, name[NAME_MAX_];
    int status;

    if (!PyArg_ParseTuple(args, "s:gethostbyaddr", &host) || resolve(host, ips) < 0)
        return NULL;
    status = name_of_address(ips, name);
    if (status < 0)
        return NULL;
    if (status == 0)
        return fail_with(_PySocket_HError, 1, "Unknown host");
    return host_entry(name, ips, 1);
}

/* ---- Services and protocols ---- */

/* The text of a file, NUL-terminated, in new memory; NULL without an error when there is none. */
static char *read_whole(const char *path)
{
    size_t used = 0, room = 1 << 16;
    char *text;
    int fd = host_open(path, 0, 0);

    if (fd < 0)
        return NULL;
    text = PyMem_Malloc(room);
    while (text != NULL) {
        int64_t got = host_read(fd, text + used, room - used - 1);

        if (got <= 0)
            break;
        used += (size_t)got;
        if (used + 1 == room) {
            char *more = PyMem_Realloc(text, room *= 2);

            if (more == NULL)
                break;
            text = more;
        }
    }
    host_close(fd);
    if (text != NULL)
        text[used] = '\0';
    return text;
}

static const char few_services[] =
    "echo 7/tcp\necho 7/udp\ndiscard 9/tcp\ndaytime 13/tcp\ndaytime 13/udp\nftp 21/tcp\nssh "
    "22/tcp\n"
    "telnet 23/tcp\nsmtp 25/tcp\ntime 37/tcp\ndomain 53/tcp\ndomain 53/udp\nhttp 80/tcp\n"
    "pop3 110/tcp\nnntp 119/tcp\nntp 123/udp\nimap2 143/tcp imap\nhttps 443/tcp\nimaps 993/tcp\n"
    "pop3s 995/tcp\n";
static const char few_protocols[] =
    "ip 0\nicmp 1\nigmp 2\ntcp 6\negp 8\nudp 17\nipv6 41\nipv6-icmp 58\n";

/* The next word of a line, ended in place; NULL at the line's end. */
static char *next_word(char **at)
{
    char *word = *at;

    while (*word == ' ' || *word == '\t')
        word++;
    if (*word == '\0')
        return NULL;
    *at = word + strcspn(word, " \t");
    if (**at != '\0')
        *(*at)++ = '\0';
    return word;
}

/* Looks a table like /etc/services up by a name or a number. A number's `/protocol` must be `proto`
 * where that is given. 1 when found: *number and name are filled in. */
static int look_up(const char *path, const char *few, const char *wanted, int wanted_number,
                   const char *proto, int *number, char name[NAME_MAX_])
{
    char *text = read_whole(path), *line, *next;
    int found = 0;

    if (text == NULL) {
        text = PyMem_Malloc(strlen(few) + 1);
        if (text == NULL)
            return 0;
        strcpy(text, few);
    }
    for (line = text; line != NULL && !found; line = next) {
        char *first, *value, *slash, *alias;
        int matches;

        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        line[strcspn(line, "#")] = '\0';
        first = next_word(&line);
        value = first == NULL ? NULL : next_word(&line);
        if (value == NULL)
            continue;
        slash = strchr(value, '/');
        if (slash != NULL)
            *slash++ = '\0';
        if (proto != NULL && (slash == NULL || strcmp(slash, proto) != 0))
            continue;
        *number = atoi(value);
        matches = wanted == NULL ? *number == wanted_number : strcmp(first, wanted) == 0;
        while (!matches && wanted != NULL && (alias = next_word(&line)) != NULL)
            matches = strcmp(alias, wanted) == 0;
        if (matches) {
            snprintf(name, NAME_MAX_, "%s", first);
            found = 1;
        }
    }
    PyMem_Free(text);
    return found;
}

static int find_service(const char *wanted, int wanted_number, const char *proto, int *number,
                        char name[NAME_MAX_])
{
    return look_up("/etc/services", few_services, wanted, wanted_number, proto, number, name);
}

static PyObject *names_getservbyname(PyObject *self, PyObject *args)
{
    char *wanted, *proto = NULL, name[NAME_MAX_];
    int port;

    if (!PyArg_ParseTuple(args, "s|s:getservbyname", &wanted, &proto))
        return NULL;
    if (find_service(wanted, 0, proto, &port, name))
        return PyInt_FromLong(port);
    PyErr_SetString(_PySocket_Error, "service/proto not found");
    return NULL;
}

static PyObject *names_getservbyport(PyObject *self, PyObject *args)
{
    char *proto = NULL, name[NAME_MAX_];
    int wanted, port;

    if (!PyArg_ParseTuple(args, "i|s:getservbyport", &wanted, &proto))
        return NULL;
    if (wanted < 0 || wanted > 0xffff) {
        PyErr_SetString(PyExc_OverflowError, "getservbyport: port must be 0-65535.");
        return NULL;
    }
    if (find_service(NULL, wanted, proto, &port, name))
        return PyString_FromString(name);
    PyErr_SetString(_PySocket_Error, "port/proto not found");
    return NULL;
}

static PyObject *names_getprotobyname(PyObject *self, PyObject *args)
{
    char *wanted, name[NAME_MAX_];
    int number;

    if (!PyArg_ParseTuple(args, "s:getprotobyname", &wanted))
        return NULL;
    if (look_up("/etc/protocols", few_protocols, wanted, 0, NULL, &number, name))
        return PyInt_FromLong(number);
    PyErr_SetString(_PySocket_Error, "protocol not found");
    return NULL;
}

/* ---- getaddrinfo, getnameinfo ---- */

static const struct {
    int type, proto;
    const char *name;
} kinds[] = {{SOCK_STREAM_, TCP, "tcp"}, {SOCK_DGRAM_, UDP, "udp"}, {SOCK_RAW_, 0, NULL}};

/* The hosts' part: addresses of IPv4, and one of IPv6, or -1 with an error. */
static int addresses_of(const char *host, int family, int flags, unsigned char *ips,
                        unsigned char six[16], int *has_six)
{
    uint32_t a;

    *has_six = 0;
    if (host == NULL) {
        memset(six, 0, 16);
        six[15] = !(flags & AI_PASSIVE_);
        *has_six = family != AF_INET_;
        memcpy(ips, flags & AI_PASSIVE_ ? "\0\0\0\0" : "\177\0\0\1", 4);
        return family != AF_INET6_;
    }
    if (host[0] != '\0' && parse_ipv6(host, six)) {
        *has_six = family != AF_INET_;
        if (*has_six)
            return 0;
        fail_gai(EAI_ADDRFAMILY_);
        return -1;
    }
    if (host[0] == '\0' || ((flags & AI_NUMERICHOST_) && !parse_ipv4(host, &a))) {
        fail_gai(EAI_NONAME_);
        return -1;
    }
    if (family == AF_INET6_) {
        fail_gai(strchr(host, ' ') == NULL && parse_ipv4(host, &a) ? EAI_ADDRFAMILY_ : EAI_NONAME_);
        return -1;
    }
    return resolve(host, ips);
}

/* Adds an entry for each kind of socket. */
static int add_kinds(PyObject *list, int family, const char *text, const char *service, int numeric,
                     int port, int type, int proto, const char *canonical)
{
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        PyObject *address, *item;
        char name[NAME_MAX_];
        int status;

        if ((type != 0 && kinds[k].type != type) ||
            (proto != 0 && kinds[k].proto != proto && (kinds[k].proto != 0 || type == 0)))
            continue;
        if (service != NULL && !numeric &&
            (kinds[k].name == NULL || !find_service(service, 0, kinds[k].name, &port, name)))
            continue;
        address = family == AF_INET6_ ? Py_BuildValue("(siii)", text, port, 0, 0)
                                      : Py_BuildValue("(si)", text, port);
        if (address == NULL)
            return -1;
        item =
            Py_BuildValue("(iiisN)", family, kinds[k].type, kinds[k].proto ? kinds[k].proto : proto,
                          canonical && PyList_GET_SIZE(list) == 0 ? canonical : "", address);
        status = item == NULL ? -1 : PyList_Append(list, item);
        Py_XDECREF(item);
        if (status < 0)
            return -1;
    }
    return 0;
}

static PyObject *address_list(const char *host, const char *service, int family, int type,
                              int proto, int flags)
{
    unsigned char ips[4 * ADDRESSES], six[16];
    const char *canonical;
    PyObject *list;
    char name[NAME_MAX_], *end = NULL;
    int count, port = 0, numeric = 1, known = 0, has_six;

    if (flags & ~AI_KNOWN)
        return fail_gai(EAI_BADFLAGS_);
    if (family != 0 && family != AF_INET_ && family != AF_INET6_)
        return fail_gai(EAI_FAMILY_);
    if (host == NULL && service == NULL)
        return fail_gai(EAI_NONAME_);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        known |= (type == 0 || kinds[i].type == type) &&
                 (proto == 0 || kinds[i].proto == 0 || kinds[i].proto == proto);
    if (!known)
        return fail_gai(EAI_SOCKTYPE_);
    if (service != NULL) {
        long n = PyOS_strtol((char *)service, &end, 10);

        numeric = end != service && *end == '\0';
        if (numeric && n < 0)
            return fail_gai(EAI_SERVICE_);
        port = numeric ? (int)(n & 0xffff) : 0;
        if (type == SOCK_RAW_)
            return fail_gai(EAI_SERVICE_);
    }
    count = addresses_of(host, family, flags, ips, six, &has_six);
    if (count < 0)
        return NULL;
    list = PyList_New(0);
    canonical = flags & AI_CANONNAME_ ? host : NULL;
    /* Of all addresses IPv4's comes first, of this machine's IPv6's. */
    for (int i = 0; list != NULL && i < count + has_six; i++) {
        int is_six = has_six && i == (host == NULL && (flags & AI_PASSIVE_) ? count : 0);
        const unsigned char *ip = ips + 4 * (i - (has_six && !is_six && i > 0 ? 1 : 0));

        if (is_six)
            format_ipv6(six, name, sizeof name);
        else
            snprintf(name, sizeof name, "%d.%d.%d.%d", ip[0], ip[1], ip[2], ip[3]);
        if (add_kinds(list, is_six ? AF_INET6_ : AF_INET_, name, service, numeric, port, type,
                      proto, canonical) < 0)
            Py_CLEAR(list);
    }
    if (list != NULL && PyList_GET_SIZE(list) == 0) {
        Py_DECREF(list);
        return fail_gai(EAI_SERVICE_);
    }
    return list;
}

static PyObject *names_getaddrinfo(PyObject *self, PyObject *args)
{
    PyObject *host, *service, *encoded = NULL, *result = NULL;
    const char *host_text = NULL, *service_text = NULL;
    char number[32];
    int family = 0, type = 0, proto = 0, flags = 0;

    if (!PyArg_ParseTuple(args, "OO|iiii:getaddrinfo", &host, &service, &family, &type, &proto,
                          &flags))
        return NULL;
    if (PyUnicode_Check(host)) {
        encoded = PyUnicode_AsEncodedString(host, "idna", NULL);
        if (encoded == NULL)
            return NULL;
        host_text = PyString_AsString(encoded);
    } else if (PyString_Check(host))
        host_text = PyString_AS_STRING(host);
    else if (host != Py_None) {
        PyErr_SetString(PyExc_TypeError, "getaddrinfo() argument 1 must be string or None");
        return NULL;
    }
    if (PyInt_Check(service) || PyLong_Check(service)) {
        py_long n = PyLong_Check(service) ? PyLong_AsLong(service) : PyInt_AS_LONG(service);

        if (n == -1 && PyErr_Occurred())
            goto done;
        snprintf(number, sizeof number, "%lld", (long long)n);
        service_text = number;
    } else if (PyString_Check(service))
        service_text = PyString_AS_STRING(service);
    else if (service != Py_None) {
        PyErr_SetString(_PySocket_Error, "getaddrinfo() argument 2 must be integer or string");
        goto done;
    }
    result = address_list(host_text, service_text, family, type, proto, flags);
done:
    Py_XDECREF(encoded);
    return result;
}

static PyObject *names_getnameinfo(PyObject *self, PyObject *args)
{
    unsigned char ips[4 * ADDRESSES], six[16];
    PyObject *address;
    char *host, name[NAME_MAX_], service[NAME_MAX_];
    int flags, port, flow, scope, status = 0, number, is_six;

    if (!PyArg_ParseTuple(args, "Oi:getnameinfo", &address, &flags))
        return NULL;
    if (!PyTuple_Check(address)) {
        PyErr_SetString(PyExc_TypeError, "getnameinfo() argument 1 must be a tuple");
        return NULL;
    }
    if (!PyArg_ParseTuple(address, "si|ii", &host, &port, &flow, &scope))
        return NULL;
    if (port < 0)
        return fail_gai(EAI_SERVICE_);
    is_six = parse_ipv6(host, six);
    if (!is_six && resolve(host, ips) < 0)
        return NULL;
    if (flags & ~NI_KNOWN)
        return fail_gai(EAI_BADFLAGS_);
    port &= 0xffff;
    if (is_six && (flags & NI_NAMEREQD_))
        return fail_gai(EAI_NONAME_);
    if (!is_six && !(flags & NI_NUMERICHOST_)) {
        status = name_of_address(ips, name);
        if (status < 0)
            return NULL;
        if (status == 0 && (flags & NI_NAMEREQD_))
            return fail_gai(EAI_NONAME_);
    }
    if (is_six)
        format_ipv6(six, name, sizeof name);
    else if (status == 0)
        snprintf(name, sizeof name, "%d.%d.%d.%d", ips[0], ips[1], ips[2], ips[3]);
    if ((flags & NI_NUMERICSERV_) ||
        !find_service(NULL, port, flags & NI_DGRAM_ ? "udp" : "tcp", &number, service))
        snprintf(service, sizeof service, "%d", port);
    return Py_BuildValue("(ss)", name, service);
}

/* ---- Bytes of addresses and numbers ---- */

static PyObject *names_inet_aton(PyObject *self, PyObject *args)
{
    char *s;
    uint32_t a;

    if (!PyArg_ParseTuple(args, "s:inet_aton", &s))
        return NULL;
    if (!parse_ipv4(s, &a)) {
        PyErr_SetString(_PySocket_Error, "illegal IP address string passed to inet_aton");
        return NULL;
    }
    {
        char b[4] = {(char)(a >> 24), (char)(a >> 16), (char)(a >> 8), (char)a};

        return PyString_FromStringAndSize(b, 4);
    }
}

static PyObject *names_inet_ntoa(PyObject *self, PyObject *args)
{
    const unsigned char *b;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, "s#:inet_ntoa", &b, &n))
        return NULL;
    if (n != 4) {
        PyErr_SetString(_PySocket_Error, "packed IP wrong length for inet_ntoa");
        return NULL;
    }
    return ipv4_text(b);
}

static PyObject *names_inet_pton(PyObject *self, PyObject *args)
{
    unsigned char b[16];
    const char *s, *end;
    int family;

    if (!PyArg_ParseTuple(args, "is:inet_pton", &family, &s))
        return NULL;
    if (family == AF_INET_ && (end = parse_quad(s, b)) != NULL && *end == '\0')
        return PyString_FromStringAndSize((char *)b, 4);
    if (family == AF_INET6_ && parse_ipv6(s, b))
        return PyString_FromStringAndSize((char *)b, 16);
    if (family != AF_INET_ && family != AF_INET6_)
        return _PySocket_Fail(-E_AFNOSUPPORT);
    PyErr_SetString(_PySocket_Error, "illegal IP address string passed to inet_pton");
    return NULL;
}

static PyObject *names_inet_ntop(PyObject *self, PyObject *args)
{
    const unsigned char *b;
    Py_ssize_t n;
    char text[64];
    int family;

    if (!PyArg_ParseTuple(args, "is#:inet_ntop", &family, &b, &n))
        return NULL;
    if (family != AF_INET_ && family != AF_INET6_) {
        PyErr_Format(PyExc_ValueError, "unknown address family %d", family);
        return NULL;
    }
    if (n != (family == AF_INET_ ? 4 : 16)) {
        PyErr_SetString(PyExc_ValueError, "invalid length of packed IP address string");
        return NULL;
    }
    if (family == AF_INET_)
        return ipv4_text(b);
    format_ipv6(b, text, sizeof text);
    return PyString_FromString(text);
}

static PyObject *swap16(PyObject *args, const char *format)
{
    int x;

    if (!PyArg_ParseTuple(args, format, &x))
        return NULL;
    if (x < 0) {
        PyErr_SetString(PyExc_OverflowError, "can't convert negative number to unsigned long");
        return NULL;
    }
    return PyInt_FromLong((x & 0xff) << 8 | (x >> 8 & 0xff));
}

static PyObject *names_htons(PyObject *self, PyObject *args)
{
    return swap16(args, "i:htons");
}

static PyObject *names_ntohs(PyObject *self, PyObject *args)
{
    return swap16(args, "i:ntohs");
}

static PyObject *names_swap32(PyObject *self, PyObject *arg)
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
        if (x > UINT32_MAX) {
            PyErr_SetString(PyExc_OverflowError, "long int larger than 32 bits");
            return NULL;
        }
    } else {
        PyErr_Format(PyExc_TypeError, "expected int/long, %s found", Py_TYPE(arg)->tp_name);
        return NULL;
    }
    x = (x & 0xff) << 24 | (x & 0xff00) << 8 | (x >> 8 & 0xff00) | (x >> 24 & 0xff);
    return PyLong_FromUnsignedLong(x);
}

PyMethodDef _PySocket_NameMethods[] = {
    {"gethostbyname", names_gethostbyname, METH_VARARGS,
     "gethostbyname(host) -> address\n\nThe IP address of a host, as text."},
    {"gethostbyname_ex", names_gethostbyname_ex, METH_VARARGS,
     "gethostbyname_ex(host) -> (name, aliaslist, addresslist)\n\nAll that is known of a host."},
    {"gethostbyaddr", names_gethostbyaddr, METH_VARARGS,
     "gethostbyaddr(host) -> (name, aliaslist, addresslist)\n\nAll that is known of an address."},
    {"gethostname", names_gethostname, METH_NOARGS,
     "gethostname() -> string\n\nThe name of this machine."},
    {"getaddrinfo", names_getaddrinfo, METH_VARARGS,
     "getaddrinfo(host, port [, family, socktype, proto, flags])\n    -> list of (family, "
     "socktype, proto, canonname, sockaddr)\n\nWhat to give to socket() and connect()."},
    {"getnameinfo", names_getnameinfo, METH_VARARGS,
     "getnameinfo(sockaddr, flags) --> (host, port)\n\nThe names of an address's parts."},
    {"getservbyname", names_getservbyname, METH_VARARGS,
     "getservbyname(servicename[, protocolname]) -> integer\n\nThe port of a service."},
    {"getservbyport", names_getservbyport, METH_VARARGS,
     "getservbyport(port[, protocolname]) -> string\n\nThe service at a port."},
    {"getprotobyname", names_getprotobyname, METH_VARARGS,
     "getprotobyname(name) -> integer\n\nThe number of a protocol."},
    {"ntohs", names_ntohs, METH_VARARGS,
     "ntohs(integer) -> integer\n\n16 bits from network to host byte order."},
    {"htons", names_htons, METH_VARARGS,
     "htons(integer) -> integer\n\n16 bits from host to network byte order."},
    {"ntohl", names_swap32, METH_O,
     "ntohl(integer) -> integer\n\n32 bits from network to host byte order."},
    {"htonl", names_swap32, METH_O,
     "htonl(integer) -> integer\n\n32 bits from host to network byte order."},
    {"inet_aton", names_inet_aton, METH_VARARGS,
     "inet_aton(string) -> packed 32-bit IP representation\n\nThe bytes of an address's text."},
    {"inet_ntoa", names_inet_ntoa, METH_VARARGS,
     "inet_ntoa(packed_ip) -> ip_address_string\n\nThe text of an address's bytes."},
    {"inet_pton", names_inet_pton, METH_VARARGS,
     "inet_pton(af, ip) -> packed IP address string\n\nThe bytes of a text, of that family."},
    {"inet_ntop", names_inet_ntop, METH_VARARGS,
     "inet_ntop(af, packed_ip) -> string formatted IP address\n\nThe text of bytes, of that "
     "family."},
    {NULL, NULL, 0, NULL},
};

int _PySocket_AddConstants(PyObject *module)
{
#define CONSTANT(name, value)                                                                      \
    if (PyModule_AddIntConstant(module, #name, INT64_C(value)) < 0)                                \
        return -1;
#include "modules/socket_constants.def"
#undef CONSTANT
    return 0;
}
