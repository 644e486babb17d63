// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// All settings of `tessera serve` with their defaults. Sources, the later over the earlier:
// defaults, the YAML file of --config, variables TESSERA_..., flags. Only server/ sees them; every
// module gets its own options.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "server/settings/host_port.h"

namespace tessera::server {

/// In the data folder.
inline constexpr const char* kDatabaseName = "tessera.db";

/// How error messages name a setting: by its key and its flag.
inline constexpr const char* kContentSetting = "content (--content)";
inline constexpr const char* kHttpSetting = "http.listen (--http)";
inline constexpr const char* kClientSetting = "http.client (--client)";
inline constexpr const char* kUdpSetting = "udp.listen (--udp)";
inline constexpr const char* kUdpPublicSetting = "udp.public (--udp-public)";

struct Settings {
  std::string data = "data";
  std::string content;         ///< folder of the zone; empty: the default zone
  bool content_watch = false;  ///< changed files are taken over while the zone runs
  std::string content_cache;   ///< folder of compiled zones; empty: .cache beside the zones

  std::string http = "127.0.0.1:8080";
  std::string udp = "127.0.0.1:7777";
  /// What clients are told to connect to; empty: where we listen, which must not be a wildcard
  /// then.
  std::string udp_public;
  std::string http_public;  ///< for browsers; empty: as they called us
  std::string client;       ///< folder of the built browser client; empty: build/web/game
  std::string certificate;  ///< PEM; with the key the HTTP port speaks TLS 1.3 only
  std::string key;
  std::string chaos;  ///< e.g. "loss=2,delay=40,jitter=10"; empty: none

  std::uint16_t zone = 1;
  unsigned workers = 0;  ///< besides the simulation thread
  std::uint64_t seed = 1;
  std::uint32_t creatures = 300;
  std::uint32_t players_max = 5'000;
  std::uint32_t instances_max = 16;
  std::uint32_t instance_linger_s = 60;

  std::string record;  ///< the whole run in one file; empty: segments in the data folder
  std::uint32_t log_segment_mib = 64;
  std::uint32_t log_segments_max = 16;
  std::uint32_t log_buffer_mib = 32;
  std::uint32_t log_sync_ms = 50;
  std::string log_on_failure = "go_on";  ///< or "stop"

  std::uint32_t save_interval_s = 10;

  std::string messages_level = "info";
  std::string messages_format = "text";
  std::string messages_file;
  bool status_line = true;  ///< on a terminal
};

/// A flag that was given: the setting's key, its text and the flag's name for error messages.
struct GivenFlag {
  std::string key;
  std::string value;
  std::string flag;
};

/// Reads all sources. `environment` is null-terminated, as main's `environ`. An error names where
/// the wrong value stands and what was expected.
Result<Settings> load_settings(const std::string& config_file, const char* const* environment,
                               const std::vector<GivenFlag>& flags);

/// A commented YAML file with all settings and their defaults.
std::string settings_reference();

/// True when clients on other machines can reach the HTTP API but are told a UDP address that is
/// for this machine only: they could log in and never connect.
bool shuts_remote_players_out(const Settings& settings);

}  // namespace tessera::server
