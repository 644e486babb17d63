# SPDX-License-Identifier: MIT
# C++ to WebAssembly, beside the native build and with the same incremental rules: each file is compiled
# on its own, through ccache, and remembers the headers it read. SIMD on, no exceptions, no contraction:
# the same bits as natively.
#   tessera_wasm_sources(<variable> folders...)   the sources of modules below src/, without their tests
#   tessera_wasm(<name> SOURCES ... [HEADERS ...])
#       target <name>_wasm, file build/<preset>/wasm/<name>.wasm. Exported is every function that the
#       C HEADERS declare, with malloc and free, and what says so itself (export_name).
# TESSERA_WASM says whether this machine has what it takes.
find_program(TESSERA_WASM_CLANG clang++-22)
set(TESSERA_WASM OFF)
if(TESSERA_WASM_CLANG AND EXISTS /usr/lib/wasm32-wasi/libc.a)
  set(TESSERA_WASM ON)
else()
  message(STATUS "Nothing is built for WebAssembly; `scripts/deps` installs what it needs")
endif()
set(TESSERA_WASM_TARGET --target=wasm32-wasi -Wno-deprecated)
set(TESSERA_WASM_COMPILE ${TESSERA_WASM_TARGET} -msimd128 -std=c++23 -O2 -DNDEBUG -fno-exceptions -fno-rtti
    -ffp-contract=off -fvisibility=hidden -ffunction-sections -fdata-sections -Wall -Wextra -Werror
    -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)

function(tessera_wasm_sources result)
  set(all "")
  foreach(folder IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.cpp)
    list(APPEND all ${found})
  endforeach()
  list(FILTER all EXCLUDE REGEX "_(test|fuzz|benchmark)\\.cpp$")
  set(${result} ${all} PARENT_SCOPE)
endfunction()

function(tessera_wasm name)
  cmake_parse_arguments(W "" "" "SOURCES;HEADERS" ${ARGN})
  set(exports "")
  foreach(header IN LISTS W_HEADERS)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
    file(STRINGS ${header} lines REGEX "^[a-z].*tessera_[a-z_0-9]+\\(")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE ".*(tessera_[a-z_0-9]+)\\(.*" "-Wl,--export=\\1" export "${line}")
      list(APPEND exports ${export})
    endforeach()
    list(APPEND exports -Wl,--export=malloc -Wl,--export=free)
  endforeach()
  set(module ${CMAKE_BINARY_DIR}/wasm/${name}.wasm)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name}_wasm)
  set(objects "")
  foreach(source IN LISTS W_SOURCES)
    file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${source})
    string(REPLACE "/" "_" object ${path})
    set(object ${folder}/${object}.o)
    add_custom_command(
      OUTPUT ${object}
      COMMAND ${CMAKE_CXX_COMPILER_LAUNCHER} ${TESSERA_WASM_CLANG} ${TESSERA_WASM_COMPILE}
              -I${CMAKE_SOURCE_DIR}/src -I${CMAKE_SOURCE_DIR} -MD -MF ${object}.d -c ${source}
              -o ${object}
      DEPENDS ${source}
      DEPFILE ${object}.d
      COMMENT "Building ${path} for WebAssembly"
      VERBATIM)
    list(APPEND objects ${object})
  endforeach()
  file(MAKE_DIRECTORY ${folder} ${CMAKE_BINARY_DIR}/wasm)
  add_custom_command(
    OUTPUT ${module}
    COMMAND ${TESSERA_WASM_CLANG} ${TESSERA_WASM_TARGET} -mexec-model=reactor ${objects} ${exports} -Wl,--gc-sections -Wl,--strip-all
            -Wl,-z,stack-size=262144 -o ${module}
    DEPENDS ${objects}
    COMMENT "Linking ${name}.wasm"
    VERBATIM)
  add_custom_target(${name}_wasm ALL DEPENDS ${module})
endfunction()
