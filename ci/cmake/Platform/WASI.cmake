# SPDX-License-Identifier: MIT
# What CMake must know of WASI: there are no shared libraries.
set(WASI TRUE)
set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS FALSE)
