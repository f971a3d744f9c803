# SPDX-License-Identifier: MIT
# clang for wasm32-wasip1 with the sysroot and resource folder that ci/setup.mjs put together.
get_filename_component(krait_root "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
# Where the link leads, so that compiler flags do not differ from clone to clone.
get_filename_component(krait_wasi "${krait_root}/build/toolchain/wasi" REALPATH)
if(NOT EXISTS "${krait_wasi}/sysroot")
    message(FATAL_ERROR "no WASI sysroot at ${krait_wasi}: run `node ci/setup.mjs`")
endif()
list(APPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}") # has Platform/WASI.cmake
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(WASI TRUE)
find_program(KRAIT_CLANG NAMES clang-19 clang-20 clang-18 clang REQUIRED)
find_program(KRAIT_AR NAMES llvm-ar-19 llvm-ar-20 llvm-ar-18 llvm-ar REQUIRED)
find_program(KRAIT_RANLIB NAMES llvm-ranlib-19 llvm-ranlib-20 llvm-ranlib-18 llvm-ranlib REQUIRED)
set(CMAKE_C_COMPILER "${KRAIT_CLANG}")
set(CMAKE_C_COMPILER_TARGET wasm32-wasip1)
set(CMAKE_AR "${KRAIT_AR}" CACHE FILEPATH "")
set(CMAKE_RANLIB "${KRAIT_RANLIB}" CACHE FILEPATH "")
set(CMAKE_SYSROOT "${krait_wasi}/sysroot")
set(CMAKE_C_FLAGS_INIT "-resource-dir=${krait_wasi}/resource -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_PROCESS_CLOCKS -D_WASI_EMULATED_GETPID")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-lwasi-emulated-process-clocks")
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
