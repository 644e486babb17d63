// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/replay/replay.h"

#include <fmt/format.h>

#include <utility>

#include "world/log/log_reader.h"
#include "world/zone/zone.h"

namespace tessera::replay {
namespace {

Result<zone::ZoneOptions> options_of(const log::LogHeader& header, std::uint64_t content_hash) {
  if (header.content_hash != content_hash) {
    return failure(
        ErrorKind::InvalidArgument,
        fmt::format("the log was made with other content (hash {:016x}, this is {:016x}): "
                    "give the folder it was made with by --content",
                    header.content_hash, content_hash));
  }
  const auto options = zone::decode_zone_options(header.options);
  if (!options) {
    return failure(ErrorKind::Corrupt,
                   "the log's zone options have another form: it was written by " + header.build +
                       "; replay it with that build");
  }
  return *options;
}

}  // namespace

Result<std::uint64_t> content_hash_of(std::span<const std::byte> log) {
  auto reader = log::LogReader::open(log);
  if (!reader) return std::unexpected(reader.error());
  return reader->header().content_hash;
}

Result<Outcome> replay(std::span<const std::byte> log, ZoneDefinition definition, unsigned workers,
                       const ContentSource& source) {
  auto reader = log::LogReader::open(log);
  if (!reader) return std::unexpected(reader.error());
  const auto options = options_of(reader->header(), definition.content_hash);
  if (!options) return std::unexpected(options.error());
  zone::Zone zone(std::move(definition), *options, workers);
  if (!reader->checkpoint().empty()) {
    auto restored = zone.restore(reader->header().tick, reader->checkpoint());
    if (!restored) return std::unexpected(restored.error());
    reader->forget_checkpoint();
  }
  Outcome outcome;
  outcome.recorded_by = reader->header().build;
  outcome.hash = zone.hash();
  for (;;) {
    auto tick = reader->next();
    if (!tick && !tick.error().torn) {
      return failure(ErrorKind::Corrupt, tick.error().message());
    }
    if (!tick) {
      outcome.end = tick.error().message();
      return outcome;
    }
    if (!*tick) return outcome;
    if (auto read = zone.intents().deserialise((*tick)->intents); !read) {
      return failure(ErrorKind::Corrupt,
                     fmt::format("tick {}: {} (the log was written by {})", (*tick)->tick,
                                 read.error().message, outcome.recorded_by));
    }
    if (const auto wanted = zone.wanted_content()) {
      auto content = source(*wanted);
      if (!content) return std::unexpected(content.error());
      zone.offer(std::make_unique<zone::ZoneContent>(std::move(*content), *options));
    }
    zone.step((*tick)->tick);
    if (!(*tick)->hash) continue;
    ++outcome.ticks;
    outcome.hash = zone.hash();
    if (outcome.hash != *(*tick)->hash) {
      outcome.diverged_at = (*tick)->tick;
      return outcome;
    }
  }
}

}  // namespace tessera::replay
