// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/websocket/detail/web_core.h"

#include <algorithm>
#include <array>

namespace tessera::websocket::detail {
namespace {

// What handlers may look at. Cookies and the like are nobody's business here.
constexpr std::array<std::string_view, 9> kHeadersKept{
    "authorization", "content-type",    "origin",          "host",         "user-agent",
    "forwarded",     "x-forwarded-for", "accept-encoding", "if-none-match"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_loopback(const std::string& address) {
  boost::system::error_code error;
  const auto parsed = asio::ip::make_address(address, error);
  if (error) return false;
  if (parsed.is_v6() && parsed.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, parsed.to_v6()).is_loopback();
  }
  return parsed.is_loopback();
}

}  // namespace

bool WebCore::admit(const std::string& address) {
  const bool exempt = options.exempt_loopback && is_loopback(address);
  auto& count = per_address[address];
  if (!exempt && count >= options.connections_per_address_max) {
    counters.refused_per_address.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
  const auto all = static_cast<std::uint64_t>(counters.connections.load(std::memory_order_relaxed));
  if (all >= options.connections_max) {
    counters.refused_full.fetch_add(1, std::memory_order_relaxed);
    if (count == 0) per_address.erase(address);
    return false;
  }
  ++count;
  counters.connections.fetch_add(1, std::memory_order_relaxed);
  counters.accepted.fetch_add(1, std::memory_order_relaxed);
  return true;
}

void WebCore::leave(const std::string& address) {
  counters.connections.fetch_sub(1, std::memory_order_relaxed);
  const auto found = per_address.find(address);
  if (found != per_address.end() && --found->second == 0) per_address.erase(found);
}

// A page's script always sends Origin; other programs do not, and cannot be held back by it.
bool WebCore::origin_allowed(std::string_view origin, std::string_view host) const {
  if (origin.empty()) return true;
  if (std::ranges::find(options.allowed_origins, origin) != options.allowed_origins.end()) {
    return true;
  }
  const std::string_view scheme = tls ? "https://" : "http://";
  return !host.empty() && origin.starts_with(scheme) &&
         lower(origin.substr(scheme.size())) == lower(host);
}

Request to_request(const http::request<http::string_body>& message, const std::string& address) {
  Request request;
  const auto method = message.method_string();
  request.method.assign(method.data(), method.size());
  const std::string_view target(message.target().data(), message.target().size());
  const std::size_t question = std::min(target.find('?'), target.size());
  request.path = target.substr(0, question);
  request.query = target.substr(std::min(question + 1, target.size()));
  request.body = message.body();
  request.peer_address = address;
  for (const auto& field : message) {
    std::string name = lower({field.name_string().data(), field.name_string().size()});
    if (std::ranges::find(kHeadersKept, name) == kHeadersKept.end()) continue;
    request.headers.emplace_back(std::move(name),
                                 std::string(field.value().data(), field.value().size()));
  }
  return request;
}

}  // namespace tessera::websocket::detail
