# SPDX-License-Identifier: MIT
# Finds the Emscripten that ci/setup.mjs chose (a link in build/toolchain, or emcc on PATH) and hands
# over to the toolchain file that comes with it.
get_filename_component(krait_root "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
find_program(KRAIT_EMCC NAMES emcc
    HINTS "${krait_root}/build/toolchain/emscripten" "$ENV{EMSDK}/upstream/emscripten")
if(NOT KRAIT_EMCC)
    message(FATAL_ERROR "no emcc in build/toolchain/emscripten or on PATH: run `node ci/setup.mjs`")
endif()
get_filename_component(krait_emcc "${KRAIT_EMCC}" REALPATH)
get_filename_component(krait_emscripten "${krait_emcc}" DIRECTORY)
include("${krait_emscripten}/cmake/Modules/Platform/Emscripten.cmake")
