// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <filesystem>
#include <system_error>

#include "engine/platform/files.h"
#include "gateway/files/static_files.h"

namespace tessera::gateway {
namespace {

namespace fs = std::filesystem;

/// All files of a client; ours has some 2 MB.
constexpr std::size_t kClientBytesMax = 64u << 20;

}  // namespace

Result<void> add_client_folder(StaticFiles& files, const std::string& folder) {
  std::error_code error;
  if (!fs::is_regular_file(fs::path(folder) / "index.html", error)) {
    return failure(ErrorKind::NotFound,
                   folder + " holds no built client (index.html); make one with scripts/web");
  }
  std::size_t bytes_all = 0;
  auto at = fs::recursive_directory_iterator(folder, error);
  for (; !error && at != fs::end(at); at.increment(error)) {
    const fs::directory_entry& entry = *at;
    if (!entry.is_regular_file(error) || entry.path().extension() == ".br") continue;
    const std::string name = fs::relative(entry.path(), folder, error).generic_string();
    auto bytes = platform::read_text_file(entry.path().string(), kClientBytesMax);
    if (!bytes) return std::unexpected(bytes.error());
    auto brotli = platform::read_text_file(entry.path().string() + ".br", kClientBytesMax);
    bytes_all += bytes->size() + (brotli ? brotli->size() : 0);
    if (bytes_all > kClientBytesMax) {
      return failure(ErrorKind::InvalidArgument,
                     folder + " holds more than 64 MiB; is it the folder of a built client?");
    }
    StaticFile file =
        make_static_file(std::string(content_type_of(name)), std::move(*bytes),
                         name.starts_with("assets/") ? Caching::Forever : Caching::Ask);
    if (brotli) file.brotli = std::make_shared<const std::string>(std::move(*brotli));
    files.put(name == "index.html" ? "/" : "/" + name, std::move(file));
  }
  if (error) {
    return failure(ErrorKind::StorageFailed, folder + " cannot be read: " + error.message());
  }
  return {};
}

}  // namespace tessera::gateway
