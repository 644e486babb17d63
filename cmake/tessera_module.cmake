# SPDX-License-Identifier: MIT
# A module is a folder below src/. tessera_module(DEPENDS ... LIBRARIES ...) makes from its files:
#   *.cpp              a static library tessera_<folder_with_underscores>
#   *_test.cpp         one test program, run by ctest under the folder's name
#   *_fuzz.cpp         a libFuzzer program each (preset asan), corpus beside it in <name>_corpus/
#   *_benchmark.cpp    a Google Benchmark program each, in build/<preset>/benchmarks/
# DEPENDS names other modules by folder (engine/core); LIBRARIES names imported targets, private unless
# after PUBLIC_LIBRARIES. Files in detail/ belong to the module, and those in FOLDERS too, for modules
# that would grow beyond 15 files. TEST_DEPENDS only the tests may use.

add_library(tessera_pch STATIC ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
target_precompile_headers(tessera_pch PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch.h)
target_include_directories(tessera_pch PRIVATE ${CMAKE_SOURCE_DIR}/src)
target_link_libraries(tessera_pch PRIVATE tessera_warnings)
if(TESSERA_WITH_TESTS)
  add_library(tessera_test_pch STATIC ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
  target_precompile_headers(tessera_test_pch PRIVATE ${CMAKE_SOURCE_DIR}/cmake/test_pch.h)
  target_include_directories(tessera_test_pch PRIVATE ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(tessera_test_pch PRIVATE tessera_warnings GTest::gtest)
endif()

# Builds what ctest runs, and nothing else.
add_custom_target(tessera_tests)
# Makes what clang-tidy must find: generated headers and precompiled ones.
add_custom_target(tessera_lint_needs)
add_dependencies(tessera_lint_needs tessera_pch)
if(TESSERA_WITH_TESTS)
  add_dependencies(tessera_lint_needs tessera_test_pch)
endif()

function(tessera_target_name folder result)
  string(REPLACE "/" "_" name "${folder}")
  set(${result} "tessera_${name}" PARENT_SCOPE)
endfunction()

function(tessera_module)
  cmake_parse_arguments(M "" "" "DEPENDS;LIBRARIES;PUBLIC_LIBRARIES;TEST_DEPENDS;TEST_LIBRARIES;FOLDERS"
                        ${ARGN})
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
  tessera_target_name(${folder} target)
  set(patterns *.cpp detail/*.cpp)
  foreach(inner IN LISTS M_FOLDERS)
    list(APPEND patterns ${inner}/*.cpp)
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
  set(tests ${sources})
  set(fuzzers ${sources})
  set(benchmarks ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz|benchmark)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cpp$")
  list(FILTER benchmarks INCLUDE REGEX "_benchmark\\.cpp$")
  set(dependencies "")
  foreach(dependency IN LISTS M_DEPENDS)
    tessera_target_name(${dependency} name)
    list(APPEND dependencies ${name})
  endforeach()
  set(test_dependencies "")
  foreach(dependency IN LISTS M_TEST_DEPENDS)
    tessera_target_name(${dependency} name)
    list(APPEND test_dependencies ${name})
  endforeach()

  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} PUBLIC ${dependencies} ${M_PUBLIC_LIBRARIES}
                          PRIVATE tessera_warnings ${M_LIBRARIES})
    target_precompile_headers(${target} REUSE_FROM tessera_pch)
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} INTERFACE ${dependencies} ${M_PUBLIC_LIBRARIES})
  endif()

  if(NOT TESSERA_WITH_TESTS)
    return()
  endif()
  if(tests AND folder MATCHES "${TESSERA_TESTS}")
    add_executable(${target}_test ${tests})
    target_link_libraries(${target}_test PRIVATE ${target} ${M_LIBRARIES} ${test_dependencies}
                          ${M_TEST_LIBRARIES} tessera_warnings GTest::gtest_main GTest::gmock)
    target_precompile_headers(${target}_test REUSE_FROM tessera_test_pch)
    add_dependencies(tessera_tests ${target}_test)
    set(test ${TESSERA_TEST_PREFIX}${folder})
    add_test(NAME ${test} COMMAND ${target}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${test} PROPERTIES TIMEOUT 300)
  endif()
  if(TESSERA_FUZZ)
    foreach(file IN LISTS fuzzers)
      get_filename_component(name ${file} NAME_WE)
      add_executable(${name} ${file})
      target_link_libraries(${name} PRIVATE ${target} ${M_LIBRARIES} ${test_dependencies} tessera_warnings)
      target_link_options(${name} PRIVATE -fsanitize=fuzzer)
      set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzzers)
      add_dependencies(tessera_tests ${name})
      set(test ${TESSERA_TEST_PREFIX}fuzz/${name})
      get_filename_component(fuzzer_folder ${file} DIRECTORY)
      if(NOT EXISTS ${fuzzer_folder}/${name}_corpus)
        set(fuzzer_folder ${CMAKE_CURRENT_SOURCE_DIR})
      endif()
      add_test(NAME ${test} COMMAND ${CMAKE_SOURCE_DIR}/scripts/fuzz ${CMAKE_BINARY_DIR} ${name}
               ${fuzzer_folder})
      set_tests_properties(${test} PROPERTIES LABELS fuzz)
    endforeach()
  endif()
  foreach(file IN LISTS benchmarks)
    get_filename_component(name ${file} NAME_WE)
    add_executable(${name} ${file})
    target_link_libraries(${name} PRIVATE ${target} ${M_LIBRARIES} ${test_dependencies} tessera_warnings
                          benchmark::benchmark_main)
    target_precompile_headers(${name} REUSE_FROM tessera_pch)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/benchmarks)
  endforeach()
endfunction()

# tessera_protos(<target> [GRPC] files...): a library of generated code, free of our warnings.
function(tessera_protos target)
  cmake_parse_arguments(P "GRPC" "" "" ${ARGN})
  set(outputs "")
  foreach(proto IN LISTS P_UNPARSED_ARGUMENTS)
    get_filename_component(path ${proto} ABSOLUTE)
    file(RELATIVE_PATH relative ${CMAKE_SOURCE_DIR}/src ${path})
    string(REGEX REPLACE "\\.proto$" "" stem ${relative})
    set(generated ${CMAKE_BINARY_DIR}/generated/${stem}.pb.cc)
    set(arguments --cpp_out=${CMAKE_BINARY_DIR}/generated)
    if(P_GRPC)
      list(APPEND generated ${CMAKE_BINARY_DIR}/generated/${stem}.grpc.pb.cc)
      list(APPEND arguments --grpc_out=${CMAKE_BINARY_DIR}/generated
           --plugin=protoc-gen-grpc=${TESSERA_GRPC_PLUGIN})
    endif()
    add_custom_command(OUTPUT ${generated}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/generated
      COMMAND protobuf::protoc -I${CMAKE_SOURCE_DIR}/src ${arguments} ${path}
      DEPENDS ${path} VERBATIM)
    list(APPEND outputs ${generated})
  endforeach()
  add_custom_target(${target}_generated DEPENDS ${outputs})
  add_dependencies(tessera_lint_needs ${target}_generated)
  add_library(${target} STATIC ${outputs})
  target_include_directories(${target} SYSTEM PUBLIC ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf $<$<BOOL:${P_GRPC}>:gRPC::grpc++>)
endfunction()
