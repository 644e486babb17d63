# SPDX-License-Identifier: MIT
# Compiler, linker and switches that hold for every target of ours.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

set(TESSERA_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")
option(TESSERA_COVERAGE "Instrument for scripts/coverage" OFF)
option(TESSERA_FUZZ "Build the fuzzers (clang only)" OFF)
set(TESSERA_TESTS "." CACHE STRING "Only modules whose folder matches this have their tests built")
set(TESSERA_TEST_PREFIX "" CACHE STRING "Stands before the names of tests, to tell builds apart")
set(TESSERA_ARCH "x86-64-v3" CACHE STRING "Instruction set on x86-64 (-march)")

find_program(TESSERA_CCACHE ccache)
if(TESSERA_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${TESSERA_CCACHE})
endif()

# Flags for everything, generated code included. Same bits everywhere: no fused multiply-add.
add_compile_options(-ffp-contract=off -fno-omit-frame-pointer -pthread)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  add_compile_options(-march=${TESSERA_ARCH})
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-fpch-preprocess)
  add_link_options(-fuse-ld=mold)
else()
  add_compile_options(-Xclang -fno-pch-timestamp)
  add_link_options(-fuse-ld=lld)
endif()
# The build id names a binary in logs and crash reports; exported symbols are their last resort
# where no addr2line is installed.
add_link_options(-Wl,--build-id=sha1 -rdynamic)
# Release builds carry line tables, so that a crash report names file and line.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
if(TESSERA_SANITIZE)
  # Sanitised code without any optimisation is so slow that its tests take longer than its build.
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
  add_compile_options(-fsanitize=${TESSERA_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TESSERA_SANITIZE})
endif()
if(TESSERA_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_compile_definitions(TESSERA_COVERAGE)
  add_link_options(--coverage)
endif()

add_library(tessera_warnings INTERFACE)
target_compile_options(tessera_warnings INTERFACE -Wall -Wextra -Wconversion -Werror)
