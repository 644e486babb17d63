// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/zone/zone.h"

#include "engine/core/assert.h"
#include "engine/core/bytes.h"
#include "gameplay/areas/areas.h"
#include "gameplay/doors/doors.h"
#include "gameplay/reload/reload.h"
#include "gameplay/schedule.h"
#include "gameplay/spawning/spawning.h"

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

ZoneContent::ZoneContent(ZoneDefinition the_definition, const ZoneOptions& options)
    : definition(with_options(std::move(the_definition), options)),
      collision(make_collision_world(definition)),
      blocks(collision.terrain()),
      statics(physics::static_world(collision, blocks)),
      doors(collision.geometry()),
      areas(areas::make_area_index(definition)),
      navigation(definition) {
  definition.navigation = {};  // its bytes are in the meshes now; a large zone has 40 MB of them
}

Zone::Zone(ZoneDefinition definition, const ZoneOptions& options, unsigned workers)
    : options_(options),
      content_(std::make_unique<ZoneContent>(std::move(definition), options)),
      jobs_(workers),
      registry_(options.zone) {
  gameplay::register_components(registry_);
  gameplay::register_intents(intents_);
  gameplay::register_rules(schedule_);
  set_resources();
  spawning::populate(registry_, content_->definition, content_->collision, content_->navigation,
                     options_.seed);
}

void Zone::set_resources() {
  const ZoneContent& content = *content_;
  schedule_.set_resource(content.definition);
  schedule_.set_resource(rules_of(content.definition));
  schedule_.set_resource(content.collision);
  schedule_.set_resource(content.statics);
  schedule_.set_resource(content.doors);
  schedule_.set_resource(content.areas);
  schedule_.set_resource(content_->navigation);
  schedule_.set_resource(crowd_);
  schedule_.set_resource(bodies_);
  schedule_.set_resource(generation_);
}

std::optional<std::uint64_t> Zone::wanted_content() const {
  const auto intents = intents_.read<reload::ReplaceContent>();
  if (intents.empty() || intents.back().content_hash == definition().content_hash) return {};
  return intents.back().content_hash;
}

void Zone::replace_content(std::uint64_t content_hash) {
  TESSERA_ASSERT(offered_ && offered_->definition.content_hash == content_hash,
                 "a zone's content must be offered before the step that asks for it");
  replaced_ = std::exchange(content_, std::move(offered_));
  set_resources();
  registry_.singleton<doors::Doors>() = {};  // other doors, all closed
  registry_.view<areas::InAreas>().each([](areas::InAreas& in) { in = {}; });
  registry_.view<combat::Stats>().each([](combat::Stats& stats) { stats.stale = 1; });
  reload::resettle(registry_, content_->definition, content_->collision, options_.seed, now_);
}

void Zone::begin(TickNumber now) {
  TESSERA_ASSERT(now == now_ + 1, "a zone's ticks follow each other");
  now_ = now;
  events_.clear();
  if (const auto wanted = wanted_content()) replace_content(*wanted);
  take_over_doors();
}

void Zone::take_over_doors() {
  doors::take_over(std::as_const(registry_).singleton<doors::Doors>(), content_->collision);
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
  ++generation_.value;
  intents_.clear();
  events_.clear();
  take_over_doors();
  return {};
}

}  // namespace tessera::zone
