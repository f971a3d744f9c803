/* SPDX-License-Identifier: MIT */
/* The process's environment: a growing array of owned "NAME=value" strings. Names are unique. */
#include "Python.h"
#include "modules/environ.h"

static char **items;
static int count, room;

static int find(const char *name, size_t n)
{
    int i;

    for (i = 0; i < count; i++)
        if (strncmp(items[i], name, n) == 0 && items[i][n] == '=')
            return i;
    return -1;
}

static int append(char *item)
{
    if (count == room) {
        char **grown = PyMem_Realloc(items, (Py_ssize_t)sizeof *items * (room ? room * 2 : 64));

        if (grown == NULL)
            return -1;
        items = grown;
        room = room ? room * 2 : 64;
    }
    items[count++] = item;
    return 0;
}

int _PyEnviron_Set(const char *name, const char *value)
{
    size_t n = strlen(name);
    int i = find(name, n);
    char *item;

    if (value == NULL) {
        if (i >= 0) {
            PyMem_Free(items[i]);
            memmove(items + i, items + i + 1, (size_t)(count - i - 1) * sizeof *items);
            count--;
        }
        return 0;
    }
    item = PyMem_Malloc((Py_ssize_t)(n + strlen(value) + 2));
    if (item == NULL)
        return -1;
    memcpy(item, name, n);
    item[n] = '=';
    strcpy(item + n + 1, value);
    if (i >= 0) {
        PyMem_Free(items[i]);
        items[i] = item;
        return 0;
    }
    if (append(item) < 0) {
        PyMem_Free(item);
        return -1;
    }
    return 0;
}

int _PyEnviron_Init(char **envp)
{
    for (; envp != NULL && *envp != NULL; envp++) {
        const char *eq = strchr(*envp, '=');
        char *item;

        if (eq == NULL || find(*envp, (size_t)(eq - *envp)) >= 0)
            continue;
        item = PyMem_Malloc((Py_ssize_t)strlen(*envp) + 1);
        if (item == NULL || append(strcpy(item, *envp)) < 0)
            return -1;
    }
    return 0;
}

const char *_PyEnviron_Get(const char *name)
{
    size_t n = strlen(name);
    int i = find(name, n);

    return i < 0 ? NULL : items[i] + n + 1;
}

const char *_PyEnviron_Item(int i)
{
    return i < count ? items[i] : NULL;
}
