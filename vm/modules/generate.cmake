# SPDX-License-Identifier: MIT
# The East Asian character sets from the recorded facts.
krait_generate(SCRIPT vm/modules/gen_cjk.mjs OUTPUTS cjk_tables.c INPUTS vm/modules/cjk_data.txt)
