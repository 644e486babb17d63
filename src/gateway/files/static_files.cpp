// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/files/static_files.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/core/hash.h"
#include "gateway/files/detail/gzip.h"

namespace tessera::gateway {

using websocket::error_response;
using websocket::Request;
using websocket::Response;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kContentTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".glb", "model/gltf-binary"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
    {".woff2", "font/woff2"},
}};

/// What a page of ours may do: run our own scripts and WebAssembly, talk to us, show our pictures
/// and those it made itself (glTF). Nothing inline, nothing of others, in nobody's frame.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' blob:; connect-src 'self' blob:; font-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

bool takes(std::string_view accept_encoding, std::string_view coding) {
  std::size_t at = 0;
  while (at < accept_encoding.size()) {
    std::size_t end = std::min(accept_encoding.find(',', at), accept_encoding.size());
    std::string_view item = accept_encoding.substr(at, end - at);
    at = end + 1;
    while (item.starts_with(' ')) item.remove_prefix(1);
    const std::size_t name_end = std::min(item.find_first_of("; "), item.size());
    if (item.substr(0, name_end) != coding) continue;
    return item.find("q=0", name_end) == std::string_view::npos ||
           item.find("q=0.", name_end) != std::string_view::npos;
  }
  return false;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

std::string etag_of(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string etag(18, '"');
  std::uint64_t hash = hash_bytes(std::as_bytes(std::span(bytes)));
  for (std::size_t digit = 16; digit >= 1; --digit, hash >>= 4) etag[digit] = kDigits[hash & 15];
  return etag;
}

Response with_headers(const StaticFile& file) {
  Response response;
  response.content_type = file.content_type;
  response.headers = {
      {"ETag", file.etag},
      {"Cache-Control",
       file.caching == Caching::Forever ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Vary", "Accept-Encoding"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Referrer-Policy", "no-referrer"},
  };
  if (file.content_type.starts_with("text/html")) {
    response.headers.emplace_back("Content-Security-Policy", kContentSecurityPolicy);
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Permissions-Policy",
                                  "camera=(), microphone=(), geolocation=(), payment=()");
  }
  return response;
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
  for (const auto& [ending, type] : kContentTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

StaticFile make_static_file(std::string content_type, std::string bytes, Caching caching,
                            bool keep_plain) {
  StaticFile file;
  file.content_type = std::move(content_type);
  file.caching = caching;
  file.etag = etag_of(bytes);
  std::string gzip = detail::gzip(bytes);
  if (gzip.size() < bytes.size() / 10 * 9) {
    file.gzip = std::make_shared<const std::string>(std::move(gzip));
  }
  if (keep_plain || file.gzip == nullptr) {
    file.plain = std::make_shared<const std::string>(std::move(bytes));
  }
  return file;
}

void StaticFiles::put(std::string path, StaticFile file) {
  const std::lock_guard lock(mutex_);
  files_.insert_or_assign(std::move(path), std::move(file));
}

void StaticFiles::remove_below(std::string_view prefix) {
  const std::lock_guard lock(mutex_);
  const auto first = files_.lower_bound(prefix);
  auto last = first;
  while (last != files_.end() && last->first.starts_with(prefix)) ++last;
  files_.erase(first, last);
}

std::size_t StaticFiles::count() const {
  const std::lock_guard lock(mutex_);
  return files_.size();
}

std::optional<Response> StaticFiles::answer(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(request.path);
  if (found == files_.end()) return std::nullopt;
  const StaticFile& file = found->second;
  Response response = with_headers(file);
  if (names_etag(request.header("if-none-match"), file.etag)) {
    response.status = 304;
    return response;
  }
  const std::string_view accepted = request.header("accept-encoding");
  if (file.brotli != nullptr && takes(accepted, "br")) {
    response.headers.emplace_back("Content-Encoding", "br");
    response.shared_body = file.brotli;
  } else if (file.gzip != nullptr && (takes(accepted, "gzip") || file.plain == nullptr)) {
    if (!takes(accepted, "gzip")) {
      return error_response(406, "gzip_only",
                            "This file is given out compressed only; send Accept-Encoding: gzip.");
    }
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.shared_body = file.gzip;
  } else {
    response.shared_body = file.plain;
  }
  return response;
}

}  // namespace tessera::gateway
