// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/zone/zone.h"

#include "engine/core/assert.h"
#include "engine/core/bytes.h"
#include "gameplay/areas/areas.h"
#include "gameplay/doors/doors.h"
#include "gameplay/schedule.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::zone {
namespace {

ZoneDefinition with_options(ZoneDefinition definition, const ZoneOptions& options) {
  definition.creature_count = options.creatures;
  definition.players_max = options.players_max;
  return definition;
}

}  // namespace

std::vector<std::byte> encode(const ZoneOptions& options) {
  std::vector<std::byte> bytes(32);
  ByteWriter out(bytes);
  out.number(options.zone);
  out.number(options.seed);
  out.number(options.creatures);
  out.number(options.players_max);
  bytes.resize(out.size());
  return bytes;
}

std::expected<ZoneOptions, DecodeError> decode_zone_options(std::span<const std::byte> bytes) {
  ByteReader in(bytes);
  ZoneOptions options;
  options.zone = in.number<std::uint16_t>();
  options.seed = in.number<std::uint64_t>();
  options.creatures = in.number<std::uint32_t>();
  options.players_max = in.number<std::uint32_t>();
  if (!in.ok()) return std::unexpected(DecodeError::Truncated);
  if (!in.done()) return std::unexpected(DecodeError::TrailingBytes);
  return options;
}

Zone::Zone(ZoneDefinition definition, const ZoneOptions& options, unsigned workers)
    : definition_(with_options(std::move(definition), options)),
      options_(options),
      collision_(make_collision_world(definition_)),
      doors_(collision_.geometry()),
      areas_(areas::make_area_index(definition_)),
      jobs_(workers),
      registry_(options.zone) {
  gameplay::register_components(registry_);
  gameplay::register_intents(intents_);
  gameplay::register_rules(schedule_);
  schedule_.set_resource(std::as_const(definition_));
  schedule_.set_resource(std::as_const(collision_));
  schedule_.set_resource(std::as_const(doors_));
  schedule_.set_resource(std::as_const(areas_));
  wandering::populate(registry_, definition_, collision_, options_.seed);
}

void Zone::begin(TickNumber now) {
  TESSERA_ASSERT(now == now_ + 1, "a zone's ticks follow each other");
  now_ = now;
  events_.clear();
  take_over_doors();
}

void Zone::take_over_doors() {
  doors::take_over(std::as_const(registry_).singleton<doors::Doors>(), collision_);
}

void Zone::run_phases(ecs::Phase first, ecs::Phase last) {
  const ecs::Step step{.now = now_, .seed = options_.seed, .jobs = jobs_};
  for (auto phase = static_cast<std::uint8_t>(first); phase <= static_cast<std::uint8_t>(last);
       ++phase) {
    schedule_.run_phase(static_cast<ecs::Phase>(phase), step, registry_, intents_, events_);
  }
}

Result<void> Zone::restore(TickNumber tick, std::span<const std::byte> checkpoint) {
  if (auto read = registry_.deserialise(checkpoint); !read) return read;
  now_ = tick;
  intents_.clear();
  events_.clear();
  take_over_doors();
  return {};
}

}  // namespace tessera::zone
