/* SPDX-License-Identifier: MIT */
/* Where things are: sys.executable, sys.prefix and the module search path in the shape of
 * python2.7's. The library is looked for from the executable's directory upwards; on WebAssembly it
 * is at /krait. */
#include "main/main_private.h"
#include "host/host.h"
#include "modules/sys_private.h"

static const char version_dir[] = "lib/python2.7";

static int is_file(const char *path)
{
    host_stat_t st;

    return host_stat(path, 1, &st) == 0 && (st.mode & 0170000) == 0100000;
}

static int has_library(const char *dir, const char *lib)
{
    char path[4200];

    if (PyOS_snprintf(path, sizeof path, "%s%s%s/os.py", dir,
                      dir[0] == '/' && dir[1] == '\0' ? "" : "/", lib) >= (int)sizeof path)
        return 0;
    return is_file(path);
}

static void cut_last_part(char *path)
{
    char *slash = strrchr(path, '/');

    if (slash == path)
        slash[1] = '\0';
    else if (slash != NULL)
        *slash = '\0';
    else
        path[0] = '\0';
}

static void make_absolute(char *path, size_t size)
{
    char cwd[4096], whole[4096];
    int64_t n;

    if (path[0] == '/' || path[0] == '\0')
        return;
    n = host_getcwd(cwd, sizeof cwd - 1);
    if (n <= 0)
        return;
    cwd[n] = '\0';
    while (path[0] == '.' && path[1] == '/')
        memmove(path, path + 2, strlen(path + 2) + 1);
    if (PyOS_snprintf(whole, sizeof whole, "%s%s%s", cwd, cwd[n - 1] == '/' ? "" : "/", path) <
            (int)sizeof whole &&
        strlen(whole) < size)
        strcpy(path, whole);
}

/* argv[0] as a shell would find it. */
static void find_executable(const char *argv0, char *out, size_t size)
{
    const char *path = _PyHooks.getenv == NULL ? NULL : _PyHooks.getenv("PATH");

    out[0] = '\0';
    if (argv0 == NULL || argv0[0] == '\0' || strlen(argv0) >= size)
        return;
    if (strchr(argv0, '/') != NULL) {
        strcpy(out, argv0);
        make_absolute(out, size);
        return;
    }
    while (path != NULL && *path != '\0') {
        const char *colon = strchr(path, ':');
        size_t n = colon ? (size_t)(colon - path) : strlen(path);

        if (n + strlen(argv0) + 2 < size) {
            memcpy(out, path, n);
            out[n] = '\0';
            if (n > 0)
                strcat(out, "/");
            strcat(out, argv0);
            if (is_file(out) && host_access(out, 1) == 0) {
                make_absolute(out, size);
                return;
            }
        }
        path = colon ? colon + 1 : NULL;
    }
    out[0] = '\0';
}

/* The directory of the executable, links followed. */
static void real_directory(const char *executable, char *dir, size_t size)
{
    char link[4096];
    int hops = 0;
    int64_t n;

    PyOS_snprintf(dir, size, "%s", executable);
    while (hops++ < 20 && (n = host_readlink(dir, link, sizeof link - 1)) > 0) {
        link[n] = '\0';
        if (link[0] == '/')
            PyOS_snprintf(dir, size, "%s", link);
        else {
            char joined[8300];

            cut_last_part(dir);
            PyOS_snprintf(joined, sizeof joined, "%s/%s", dir, link);
            PyOS_snprintf(dir, size, "%s", joined);
        }
    }
    cut_last_part(dir);
}

static void add(const char *prefix, const char *entry)
{
    _PyPaths *p = &_Py_Paths;
    size_t n = strlen(p->path);

    if (n > 0)
        p->path[n++] = ':';
    PyOS_snprintf(p->path + n, sizeof p->path - n, "%s%s%s", prefix,
                  prefix[0] && entry[0] ? "/" : "", entry);
}

void _PyMain_FindPaths(const char *argv0)
{
    _PyPaths *p = &_Py_Paths;
    const char *home = Py_GETENV("PYTHONHOME"), *extra = Py_GETENV("PYTHONPATH"),
               *lib = version_dir;
    char dir[4096], library[4200];

    find_executable(argv0, p->executable, sizeof p->executable);
    if (home != NULL && home[0] != '\0') {
        const char *colon = strchr(home, ':');

        PyOS_snprintf(p->prefix, sizeof p->prefix, "%.*s",
                      (int)(colon ? colon - home : (ptrdiff_t)strlen(home)), home);
        PyOS_snprintf(p->exec_prefix, sizeof p->exec_prefix, "%s", colon ? colon + 1 : home);
    } else {
#ifdef __wasm__
        strcpy(p->prefix, "/krait");
        (void)dir;
        (void)real_directory;
        (void)has_library;
#else
        /* Started under a name that leads nowhere: the library lies beside what really runs. */
        real_directory(p->executable[0] ? p->executable : "/proc/self/exe", dir, sizeof dir);
        for (;;) {
            if (has_library(dir, version_dir))
                break;
            if (has_library(dir, "stdlib/Lib")) {
                lib = "stdlib/Lib";
                break;
            }
            if (dir[0] == '\0' || strcmp(dir, "/") == 0) {
                strcpy(dir, "/krait");
                break;
            }
            cut_last_part(dir);
        }
        strcpy(p->prefix, dir);
#endif
        strcpy(p->exec_prefix, p->prefix);
    }
    PyOS_snprintf(library, sizeof library, "%s/%s", p->prefix, lib);
    p->path[0] = '\0';
    if (extra != NULL && extra[0] != '\0' && strlen(extra) < sizeof p->path / 2)
        strcpy(p->path, extra);
    add(p->prefix, "lib/python27.zip");
    add(library, "");
    add(library, "plat-linux2");
    add(library, "lib-tk");
    add(library, "lib-old");
    add(library, "lib-dynload");
}
