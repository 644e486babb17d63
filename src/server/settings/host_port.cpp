// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/settings/host_port.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>

namespace tessera::server {

bool HostPort::is_loopback() const { return host.starts_with("127.") || host == "::1"; }

Result<HostPort> parse_host_port(const std::string& text) {
  const auto wrong = [&] {
    return failure(ErrorKind::InvalidArgument,
                   "'" + text + "' is no address: expected HOST:PORT, such as 127.0.0.1:7777");
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return wrong();
  HostPort parsed;
  parsed.host = text.substr(0, colon);
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data() + colon + 1, end, parsed.port);
  if (number.ec == std::errc::result_out_of_range && number.ptr == end) {
    return failure(ErrorKind::InvalidArgument,
                   "'" + text + "' has a port that is out of range: expected 0 to 65535");
  }
  if (number.ec != std::errc{} || number.ptr != end) return wrong();
  if (parsed.host.empty()) parsed.host = "0.0.0.0";
  const bool bracketed = parsed.host.front() == '[';
  if (bracketed != (parsed.host.back() == ']')) return wrong();
  if (bracketed) parsed.host = parsed.host.substr(1, parsed.host.size() - 2);
  if (parsed.host.empty() || (!bracketed && parsed.host.find(':') != std::string::npos)) {
    return wrong();
  }
  return parsed;
}

Result<HostPort> numeric_address(const std::string& setting, const std::string& text) {
  auto parsed = parse_host_port(text);
  if (!parsed) return failure(parsed.error().kind, setting + ": " + parsed.error().message);
  if (parsed->host == "localhost") parsed->host = "127.0.0.1";
  std::array<unsigned char, 16> ip{};
  const bool v6 = parsed->host.find(':') != std::string::npos;
  if (inet_pton(v6 ? AF_INET6 : AF_INET, parsed->host.c_str(), ip.data()) != 1) {
    return failure(ErrorKind::InvalidArgument,
                   setting + ": '" + text +
                       "' is no address in numbers: expected one, such as 127.0.0.1:7777 or "
                       "[::1]:7777; names are not looked up");
  }
  return parsed;
}

}  // namespace tessera::server
