/* SPDX-License-Identifier: MIT */
/*
 * The concrete syntax tree's nodes. The tree's depth is bounded by the parser's stack, but a tree
 * may also be built by the parser module from nested tuples; freeing walks with an explicit chain
 * instead of recursion, so that depth never matters here.
 */
#include "Python.h"
#include "syntax/errcode.h"
#include "syntax/node.h"

node *PyNode_New(int type)
{
    node *n = PyMem_Malloc((Py_ssize_t)sizeof(node));
    if (n == NULL)
        return NULL;
    memset(n, 0, sizeof(*n));
    n->n_type = (short)type;
    return n;
}

/* Capacities grow 1, 4, 8, 12 .. 128, then by doubling: most nodes have one child. */
static int capacity_for(int n)
{
    int capacity = 256;
    if (n <= 1)
        return n;
    if (n <= 128)
        return (n + 3) & ~3;
    while (capacity < n)
        capacity *= 2;
    return capacity;
}

int PyNode_AddChild(node *n, int type, char *str, int lineno, int col_offset)
{
    int count = n->n_nchildren;
    node *child;

    if (count >= INT_MAX / 4)
        return E_OVERFLOW;
    if (capacity_for(count) < capacity_for(count + 1)) {
        int capacity = capacity_for(count + 1);
        child = PyMem_Realloc(n->n_child, (Py_ssize_t)capacity * (Py_ssize_t)sizeof(node));
        if (child == NULL)
            return E_NOMEM;
        n->n_child = child;
    }
    child = &n->n_child[n->n_nchildren++];
    memset(child, 0, sizeof(*child));
    child->n_type = (short)type;
    child->n_str = str;
    child->n_lineno = lineno;
    child->n_col_offset = col_offset;
    return 0;
}

void PyNode_Free(node *root)
{
    node *n = root;
    node *parent;

    if (root == NULL)
        return;
    /* On the way down, n_str of a symbol (always NULL for those with children, except the root's
     * encoding, freed first) holds the way back up. */
    PyMem_Free(root->n_str);
    root->n_str = NULL;
    for (;;) {
        if (n->n_nchildren > 0) {
            node *last = &n->n_child[n->n_nchildren - 1];
            PyMem_Free(last->n_str);
            last->n_str = (char *)(void *)n;
            n = last;
            continue;
        }
        PyMem_Free(n->n_child);
        n->n_child = NULL;
        if (n == root)
            break;
        parent = (node *)(void *)n->n_str;
        parent->n_nchildren--;
        n = parent;
    }
    PyMem_Free(root);
}
