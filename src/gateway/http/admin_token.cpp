// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/http/admin_token.h"

#include <sys/stat.h>

#include "engine/platform/files.h"
#include "gateway/admission/session_claim.h"

namespace tessera::gateway {

Result<std::string> load_or_create_admin_token(const std::string& data_directory) {
  const std::string path = data_directory + "/" + kAdminTokenFile;
  if (!platform::file_exists(path)) {
    std::string token = admission::random_hex(32);
    if (auto written = platform::write_text_file(path, token + "\n", 0600); !written) {
      return std::unexpected(written.error());
    }
    return token;
  }
  struct stat info{};
  if (stat(path.c_str(), &info) == 0 && (info.st_mode & 077) != 0) {
    return failure(ErrorKind::PermissionDenied,
                   "others may read the admin token '" + path + "'; run: chmod 600 '" + path + "'");
  }
  auto text = platform::read_text_file(path, 4096);
  if (!text) return std::unexpected(text.error());
  while (text->ends_with('\n') || text->ends_with(' ')) text->pop_back();
  if (text->size() < 32) {
    return failure(ErrorKind::Corrupt, "the admin token '" + path +
                                           "' is shorter than 32 characters; remove the file and "
                                           "start again to get a new one");
  }
  return *text;
}

}  // namespace tessera::gateway
