// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/roles/content_folder.h"

#include <filesystem>
#include <system_error>
#include <vector>

namespace tessera::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDefaultZone = "content/zones/vale";

bool is_zone(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / "zone.yaml", ignored);
}

}  // namespace

Result<std::string> find_zone_folder(const std::string& wanted) {
  if (!wanted.empty()) return wanted;  // the loader tells what is wrong with it
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& root : {fs::path("."), program, program / ".." / ".."}) {
    if (is_zone(root / kDefaultZone)) return (root / kDefaultZone).lexically_normal().string();
  }
  return failure(ErrorKind::NotFound,
                 std::string("found no zone: there is no ") + kDefaultZone +
                     " here nor near the program; give its folder with --content");
}

std::string default_zone_folder() { return find_zone_folder({}).value_or(kDefaultZone); }

}  // namespace tessera::server
