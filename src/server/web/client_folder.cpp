// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/web/client_folder.h"

#include <filesystem>
#include <system_error>

namespace tessera::server {

std::string find_client_folder(const std::string& wanted) {
  namespace fs = std::filesystem;
  if (!wanted.empty()) return wanted;  // the gateway tells what is wrong with it
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path folder = (program / ".." / "web" / "game").lexically_normal();
  return fs::is_regular_file(folder / "index.html", error) ? folder.string() : std::string();
}

}  // namespace tessera::server
