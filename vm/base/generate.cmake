# SPDX-License-Identifier: MIT
# The Unicode database's tables from the recorded facts.
krait_generate(SCRIPT vm/base/gen_unicode.mjs OUTPUTS unicode_tables.c unicode_names.c
               INPUTS vm/base/unicode_data.txt)

# The constants of the mathematical functions.
krait_generate(SCRIPT vm/base/gen_mathlib.mjs OUTPUTS mathlib_tables.h)
