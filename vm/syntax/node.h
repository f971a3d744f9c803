/* SPDX-License-Identifier: MIT */
/*
 * Nodes of the concrete syntax tree. Children lie in one array inside their parent's ownership;
 * invariant while parsing: only the last child of a node can itself still grow, so growing moves
 * no node that anything points to.
 */
#ifndef Py_NODE_H
#define Py_NODE_H

typedef struct _node {
    short n_type;
    char *n_str; /* of a token: its text, owned; NULL for symbols */
    int n_lineno;
    int n_col_offset;
    int n_nchildren;
    struct _node *n_child;
} node;

node *PyNode_New(int type);
/* Takes ownership of str when it succeeds (returns 0); E_NOMEM or E_OVERFLOW otherwise. */
int PyNode_AddChild(node *n, int type, char *str, int lineno, int col_offset);
void PyNode_Free(node *n);

#define NCH(n) ((n)->n_nchildren)
#define CHILD(n, i) (&(n)->n_child[i])
#define RCHILD(n, i) (CHILD(n, NCH(n) + (i)))
#define TYPE(n) ((n)->n_type)
#define STR(n) ((n)->n_str)
#define LINENO(n) ((n)->n_lineno)

#endif
