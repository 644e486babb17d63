// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Files that browsers fetch: the built client, and what a zone looks like. They lie in memory, each
// compressed once, and are given out without a copy. Nothing is read from disk for a request, so no
// path of a request can reach anything else.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/error.h"
#include "transport/websocket/web_message.h"

namespace tessera::gateway {

/// How long a browser may keep a file without asking.
enum class Caching : std::uint8_t {
  Ask,      ///< asks each time; unchanged files are answered with 304
  Forever,  ///< its path names its content
};

struct StaticFile {
  std::string content_type;
  Caching caching = Caching::Ask;
  std::string etag;                           ///< quoted, of the plain bytes
  std::shared_ptr<const std::string> plain;   ///< null: only for those who take gzip
  std::shared_ptr<const std::string> gzip;    ///< null when it would not be smaller
  std::shared_ptr<const std::string> brotli;  ///< null unless it was compressed beforehand
};

/// Compresses `bytes`: some 50 MB a second. `keep_plain`: false saves memory where all who ask are
/// browsers.
StaticFile make_static_file(std::string content_type, std::string bytes, Caching caching,
                            bool keep_plain = true);

/// "text/html; charset=utf-8" for "a/index.html"; "application/octet-stream" for what is unknown.
std::string_view content_type_of(std::string_view path);

class StaticFiles {
 public:
  /// Any thread. Puts the file at a path ("/index.html"), in place of what was there.
  void put(std::string path, StaticFile file);
  /// Any thread. Takes all paths that begin so.
  void remove_below(std::string_view prefix);

  /// The answer to a GET or HEAD of a file there is; nothing for other requests. Any thread.
  std::optional<websocket::Response> answer(const websocket::Request& request) const;

  std::size_t count() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, StaticFile, std::less<>> files_;
};

/// Reads a folder with the built client (web/game): index.html becomes "/", files below assets/
/// have their content in their names. `x.br` is the compressed form of `x`. Fails when there is no
/// index.html, or on files beyond 64 MiB in all.
Result<void> add_client_folder(StaticFiles& files, const std::string& folder);

}  // namespace tessera::gateway
