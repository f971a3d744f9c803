# SPDX-License-Identifier: MIT
# The parser's tables from the language's grammar file, the AST from its description.
krait_generate(SCRIPT vm/syntax/gen_grammar.mjs OUTPUTS graminit.c graminit.h
               INPUTS "${KRAIT_STDLIB}/Grammar/Grammar")
krait_generate(SCRIPT vm/syntax/gen_ast.mjs OUTPUTS Python-ast.c Python-ast.h
               INPUTS vm/syntax/python.ast)
