/* SPDX-License-Identifier: MIT */
/* Correctly rounded conversion between text and double. The _Py_dg_* are in base/;
 * PyOS_string_to_double (objects/) raises. */
#ifndef PYSTRTOD_H
#define PYSTRTOD_H
/* Parses the longest valid prefix of s (no blanks skipped, no hex); *end = s when there is none.
 * inf and nan are not accepted. Overflow gives HUGE_VAL with errno ERANGE. */
double _Py_dg_strtod(const char *s, char **end);
/* Digits of d: mode 0 shortest, 2 ndigits significant, 3 ndigits after the point. Returns a
 * PyMem-free()d (use _Py_dg_freedtoa) string without trailing zeros; *decpt 9999 for inf/nan
 * ("Infinity", "NaN"). NULL: no memory. */
char *_Py_dg_dtoa(double d, int mode, int ndigits, int *decpt, int *sign, char **rve);
void _Py_dg_freedtoa(char *);
/* Accepts what float('...') does without surrounding blanks, incl. inf/nan. endptr NULL: whole
 * string must match. overflow_exception NULL: huge values give inf. -1.0 with exception on error.
 */
double PyOS_string_to_double(const char *s, char **endptr, PyObject *overflow_exception);
double _Py_parse_inf_or_nan(const char *s, char **endptr);
#define Py_DTSF_SIGN 0x01
#define Py_DTSF_ADD_DOT_0 0x02
#define Py_DTSF_ALT 0x04
#define Py_DTST_FINITE 0
#define Py_DTST_INFINITE 1
#define Py_DTST_NAN 2
/* format_code: 'e','E','f','F','g','G','r' (repr; precision must be 0). PyMem_Free the result. NULL
 * with MemoryError. */
char *PyOS_double_to_string(double val, char format_code, int precision, int flags, int *type);
#endif
