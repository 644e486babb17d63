// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <cstdint>
#include <string>

#include "engine/core/error.h"

namespace tessera::server {

/// "host:port", "[v6]:port", ":port" (every address).
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
  bool operator==(const HostPort&) const = default;

  /// Of an address in numbers: nobody on another machine reaches it.
  bool is_loopback() const;
  bool is_every_address() const { return host == "0.0.0.0" || host == "::"; }
};
Result<HostPort> parse_host_port(const std::string& text);

/// The address in numbers that a setting holds, for "localhost" 127.0.0.1; other names are not
/// looked up. An error begins with `setting`, "udp.listen (--udp)".
Result<HostPort> numeric_address(const std::string& setting, const std::string& text);

}  // namespace tessera::server
