/* SPDX-License-Identifier: MIT */
/* Command-line option scanning (main/getopt.c). */
#ifndef PYGETOPT_H
#define PYGETOPT_H
extern int _PyOS_opterr, _PyOS_optind;
extern char *_PyOS_optarg;
int _PyOS_GetOpt(int argc, char **argv, char *optstring);
void _PyOS_ResetGetOpt(void);
#endif
