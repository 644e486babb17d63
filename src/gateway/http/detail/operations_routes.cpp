// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "gateway/http/detail/api_state.h"

namespace tessera::gateway {
namespace {

/// The window that a query asks for, in seconds; nothing when it is not one that there is.
std::optional<unsigned> window_of(std::string_view query) {
  const std::string value = websocket::query_value(query, "window_s");
  if (value.empty()) return kStatusWindowMax_s;
  unsigned seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  const bool whole = error == std::errc{} && end == value.data() + value.size();
  if (!whole || seconds < 1 || seconds > kStatusWindowMax_s) return std::nullopt;
  return seconds;
}

/// Any other key would be a window that was asked for and not given.
bool asks_only_for_a_window(std::string_view query) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const bool window = pair == "window_s" || pair.starts_with("window_s=");
    if (!pair.empty() && !window) return false;
  }
  return true;
}

}  // namespace

void Api::State::health(Call call) {
  call.respond(json_response(200, JsonObject().text("status", "ok").done()));
}

void Api::State::readiness(Call call) {
  const Readiness readiness = parts.status.readiness();
  if (readiness.ready) {
    call.respond(json_response(200, JsonObject().text("status", "ready").done()));
  } else {
    call.respond(websocket::error_response(503, "not_ready", readiness.reason));
  }
}

void Api::State::status(Call call) {
  if (!asks_only_for_a_window(call.query)) {
    return call.respond(websocket::error_response(
        400, "invalid",
        "The only query key of this route is window_s, a whole number from 1 to 60."));
  }
  const auto window_s = window_of(call.query);
  if (!window_s) {
    return call.respond(websocket::error_response(
        400, "invalid",
        "window_s is a whole number from 1 to " + std::to_string(kStatusWindowMax_s) + "."));
  }
  const ServerStatus status = parts.status.status(*window_s);
  const std::string tick_ms = JsonObject()
                                  .real("p50", status.tick_ms.p50)
                                  .real("p99", status.tick_ms.p99)
                                  .real("p999", status.tick_ms.p999)
                                  .real("max", status.tick_ms.max)
                                  .done();
  call.respond(
      json_response(200, JsonObject()
                             .text("version", status.version)
                             .real("uptime_s", status.uptime_s)
                             .unsigned_number("players", status.players)
                             .unsigned_number("creatures", status.creatures)
                             .unsigned_number("instances", status.instances)
                             .unsigned_number("tick", status.tick)
                             .raw("tick_ms", tick_ms)
                             .unsigned_number("late_ticks", status.late_ticks)
                             .unsigned_number("machine_stalls", status.machine_stalls)
                             .unsigned_number("overload_level_max", status.overload_level_max)
                             .real("bytes_out_s", status.bytes_out_s)
                             .real("datagrams_out_s", status.datagrams_out_s)
                             .unsigned_number("rss_bytes", status.rss_bytes)
                             .done()));
}

void Api::State::metrics(Call call) {
  websocket::Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = parts.status.metrics_text();
  call.respond(std::move(response));
}

}  // namespace tessera::gateway
