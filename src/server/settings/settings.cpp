// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/settings/settings.h"

#include "engine/platform/config/config.h"

namespace tessera::server {
namespace {

using platform::ConfigSchema;

void describe_world(ConfigSchema& schema, Settings& settings) {
  schema.add({.key = "world.zone", .help = "Number of the zone this process runs.", .min = 1},
             settings.zone);
  schema.add({.key = "world.workers",
              .help = "Threads that help the simulation thread. 0 is right for one or two cores.",
              .max = 64},
             settings.workers);
  schema.add({.key = "world.seed", .help = "From which all that is random in the world follows."},
             settings.seed);
  schema.add({.key = "world.creatures", .help = "Creatures that wander about.", .max = 100'000},
             settings.creatures);
  schema.add({.key = "world.players_max",
              .help = "Players in the world at a time; further ones wait in a queue.",
              .min = 1,
              .max = 50'000},
             settings.players_max);
  schema.add({.key = "world.instances_max",
              .help = "Dungeons at a time; each runs a world of its own in this process.",
              .max = 1'000},
             settings.instances_max);
  schema.add({.key = "world.instance_linger_s",
              .help = "How long a dungeon stays when nobody is in it, in seconds.",
              .min = 10,
              .max = 86'400},
             settings.instance_linger_s);
  schema.add({.key = "world.save_interval_s",
              .help = "How often the character of each player is saved, in seconds.",
              .min = 1,
              .max = 600},
             settings.save_interval_s);
}

void describe_log(ConfigSchema& schema, Settings& settings) {
  schema.add(
      {.key = "log.record", .help = "Write the whole run into this one file instead of segments."},
      settings.record);
  schema.add({.key = "log.segment_mib",
              .help = "A segment of the intent log is closed at this size.",
              .min = 1,
              .max = 4096},
             settings.log_segment_mib);
  schema.add({.key = "log.segments_max",
              .help = "Segments kept on disk; the oldest goes first.",
              .min = 2,
              .max = 100'000},
             settings.log_segments_max);
  schema.add({.key = "log.buffer_mib",
              .help = "What may wait in memory for a slow disk.",
              .min = 1,
              .max = 1024},
             settings.log_buffer_mib);
  schema.add({.key = "log.sync_ms",
              .help = "Ticks of this many milliseconds are made durable together.",
              .min = 1,
              .max = 1000},
             settings.log_sync_ms);
  schema.add({.key = "log.on_failure",
              .help = "When the log cannot be written: go_on without it and try again, or stop.",
              .choices = {"go_on", "stop"}},
             settings.log_on_failure);
}

void describe(ConfigSchema& schema, Settings& settings) {
  schema.add({.key = "data", .help = "Folder of the database, the keys and the intent log."},
             settings.data);
  schema.add({.key = "content", .help = "Folder of the zone; empty: the default zone."},
             settings.content);
  schema.add({.key = "content_watch", .help = "Take over changed files of the zone while it runs."},
             settings.content_watch);
  schema.add({.key = "content_cache",
              .help = "Folder of compiled zones; empty: .cache beside the folder of the zones."},
             settings.content_cache);
  schema.add({.key = "http.listen", .help = "HOST:PORT of the HTTP API and WebSocket."},
             settings.http);
  schema.add(
      {.key = "http.public", .help = "HOST:PORT that browsers are told; empty: as they called us."},
      settings.http_public);
  schema.add({.key = "http.client",
              .help = "Folder of the built browser client; empty: build/web/game if it is there."},
             settings.client);
  schema.add({.key = "http.certificate_file",
              .help = "PEM file; with http.key_file the port speaks TLS 1.3 only."},
             settings.certificate);
  schema.add({.key = "http.key_file", .help = "PEM file of the certificate's key."}, settings.key);
  schema.add({.key = "udp.listen", .help = "HOST:PORT for game clients."}, settings.udp);
  schema.add({.key = "udp.public",
              .help = "HOST:PORT that game clients are told; empty: from udp.listen."},
             settings.udp_public);
  schema.add({.key = "udp.chaos",
              .help = "Simulated bad network, e.g. loss=2,delay=40,jitter=10. Empty: none."},
             settings.chaos);
  describe_world(schema, settings);
  describe_log(schema, settings);
  schema.add({.key = "messages.level",
              .help = "Least severe messages that are written.",
              .choices = {"debug", "info", "warning", "error"}},
             settings.messages_level);
  schema.add({.key = "messages.format",
              .help = "Lines for people or for machines.",
              .choices = {"text", "json"}},
             settings.messages_format);
  schema.add({.key = "messages.file", .help = "Write messages here too; empty: only to stderr."},
             settings.messages_file);
  schema.add({.key = "status_line", .help = "A live line of figures on a terminal."},
             settings.status_line);
}

Result<void> check(const Settings& settings) {
  if (auto http = numeric_address(kHttpSetting, settings.http); !http) {
    return std::unexpected(http.error());
  }
  const auto udp = numeric_address(kUdpSetting, settings.udp);
  if (!udp) return std::unexpected(udp.error());
  if (settings.udp_public.empty()) {
    if (!udp->is_every_address()) return {};
    return failure(ErrorKind::InvalidArgument, std::string(kUdpSetting) + " is " + settings.udp +
                                                   ", every address of this machine: set " +
                                                   kUdpPublicSetting +
                                                   " to the HOST:PORT that clients reach it by");
  }
  if (auto known_as = numeric_address(kUdpPublicSetting, settings.udp_public); !known_as) {
    return std::unexpected(known_as.error());
  }
  return {};
}

}  // namespace

Result<Settings> load_settings(const std::string& config_file, const char* const* environment,
                               const std::vector<GivenFlag>& flags) {
  Settings settings;
  ConfigSchema schema;
  describe(schema, settings);
  if (!config_file.empty()) {
    if (auto loaded = schema.load_file(config_file); !loaded) {
      return std::unexpected(loaded.error());
    }
  }
  if (auto loaded = schema.load_environment(environment); !loaded) {
    return std::unexpected(loaded.error());
  }
  for (const GivenFlag& flag : flags) {
    if (auto set = schema.set(flag.key, flag.value, flag.flag); !set) {
      return std::unexpected(set.error());
    }
  }
  if (auto checked = check(settings); !checked) return std::unexpected(checked.error());
  return settings;
}

std::string settings_reference() {
  Settings settings;
  ConfigSchema schema;
  describe(schema, settings);
  return schema.reference();
}

bool shuts_remote_players_out(const Settings& settings) {
  const auto http = parse_host_port(settings.http);
  const auto told = numeric_address(
      kUdpSetting, settings.udp_public.empty() ? settings.udp : settings.udp_public);
  if (!http || !told || !told->is_loopback()) return false;
  return !http->is_loopback() && http->host != "localhost";
}

}  // namespace tessera::server
