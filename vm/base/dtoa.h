/* SPDX-License-Identifier: MIT */
/* What base/ offers beside include/pystrtod.h. */
#ifndef KRAIT_DTOA_H
#define KRAIT_DTOA_H
/* _Py_dg_dtoa's mode 3 with exact ties away from zero, as round() wants them. */
char *_Py_dg_dtoa_half_away(double d, int ndigits, int *decpt, int *sign, char **end);
#endif
