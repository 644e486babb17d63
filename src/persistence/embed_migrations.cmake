# SPDX-License-Identifier: MIT
# cmake -DOUTPUT=file.cpp -DFOLDER=migrations -P embed_migrations.cmake: the migrations as C++ text.
file(GLOB files ${FOLDER}/*.sql)
list(SORT files)
set(rows "")
set(expected 1)
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME_WE)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
    message(FATAL_ERROR "${file}: expected a name like 0004_guilds.sql")
  endif()
  math(EXPR number "1${CMAKE_MATCH_1} - 10000")
  if(NOT number EQUAL expected)
    message(FATAL_ERROR "${file}: expected number ${expected}; migrations count up without gaps")
  endif()
  math(EXPR expected "${expected} + 1")
  file(READ ${file} sql)
  string(APPEND rows "    {${number}, \"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from src/persistence/migrations by embed_migrations.cmake.
#include \"persistence/migrations.h\"

namespace tessera::persistence {
namespace {
constexpr Migration kMigrations[] = {
${rows}};
}  // namespace
std::span<const Migration> migrations() { return kMigrations; }
}  // namespace tessera::persistence
")
