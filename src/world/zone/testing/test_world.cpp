// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/zone/testing/test_world.h"

#include "engine/core/random.h"
#include "gameplay/movement/input_queue.h"
#include "gameplay/presence/presence.h"
#include "gameplay/shared/components.h"

namespace tessera::zone {
namespace {

constexpr std::uint32_t kSamples = 65;
constexpr float kSpacing_m = 8;

/// Hills from noise of two wavelengths; integers only.
std::uint16_t height_sample(std::uint32_t column, std::uint32_t row) {
  const auto noise = [](std::uint32_t x, std::uint32_t z) {
    return static_cast<std::uint32_t>(mix64(std::uint64_t{x} << 32 | z) >> 48);
  };
  const auto smooth = [&](std::uint32_t step) {
    const std::uint32_t x = column / step;
    const std::uint32_t z = row / step;
    const std::uint32_t right = column % step;
    const std::uint32_t down = row % step;
    const std::uint32_t upper = noise(x, z) * (step - right) + noise(x + 1, z) * right;
    const std::uint32_t lower = noise(x, z + 1) * (step - right) + noise(x + 1, z + 1) * right;
    return (upper * (step - down) + lower * down) / (step * step);
  };
  return static_cast<std::uint16_t>((3 * smooth(16) + smooth(4)) / 4);
}

}  // namespace

ZoneDefinition make_test_zone() {
  ZoneDefinition zone;
  zone.name = "test";
  zone.title = "Test";
  zone.bounds = {{0, 0}, {512, 512}};
  std::vector<std::uint16_t> samples;
  for (std::uint32_t row = 0; row < kSamples; ++row) {
    for (std::uint32_t column = 0; column < kSamples; ++column) {
      samples.push_back(height_sample(column, row));
    }
  }
  zone.terrain = physics::HeightField({.columns = kSamples,
                                       .rows = kSamples,
                                       .spacing_m = kSpacing_m,
                                       .origin = {0, 0},
                                       .low_m = 0,
                                       .high_m = 24},
                                      std::move(samples));
  for (int house = 0; house < 12; ++house) {
    const float x = 196.0f + 40.0f * static_cast<float>(house % 4);
    const float z = 206.0f + 50.0f * static_cast<float>(house / 4);
    zone.boxes.push_back(
        {{x, zone.terrain.height_at({x, z}), z}, {5, 4, 6}, 0.125f * static_cast<float>(house)});
  }
  for (const math::Vec2 place : {math::Vec2{256, 190}, {256, 330}, {176, 256}, {336, 256}}) {
    zone.spawn_points.push_back({place, 0});
  }
  CreatureDefinition hare;
  hare.id = 1;
  hare.name = "Hare";
  hare.share = 3;
  hare.home_distance_m_min = 20;
  hare.home_distance_m_max = 200;
  CreatureDefinition deer = hare;
  deer.id = 2;
  deer.name = "Deer";
  deer.share = 1;
  deer.walk_m_per_s = 2.0f;
  deer.roam_radius_m = 40;
  zone.creatures = {hare, deer};
  zone.content_hash = 0x7e57;
  return zone;
}

TestWorld::TestWorld(const TestWorldOptions& options)
    : zone_(make_test_zone(),
            {.zone = 1,
             .seed = options.seed,
             .creatures = options.creatures,
             .players_max = options.players_max},
            options.workers) {}

void TestWorld::step(int ticks) {
  for (int i = 0; i < ticks; ++i) zone_.step(zone_.now() + 1);
}

EntityId TestWorld::enter(std::string_view name, math::Vec2 place) {
  const std::uint64_t id = next_id_++;
  intend(presence::EnterWorld{
      .session = {id},
      .character = {id},
      .account = {id},
      .name = FixedString<kNameBytesMax>(name),
      .position = {place.x, zone_.definition().terrain.height_at(place), place.z},
      .heading = 0,
      .look = 0,
      .flags = presence::kHasSavedPosition});
  step();
  for (const auto& entered : events<presence::EnteredWorld>()) {
    if (entered.session.value == id) return entered.entity;
  }
  return {};
}

SessionId TestWorld::session_of(EntityId entity) const {
  return get<PlayerControl>(entity).session;
}

void TestWorld::leave(EntityId entity) {
  intend(presence::LeaveWorld{.session = session_of(entity)});
  step();
}

void TestWorld::walk(EntityId entity, math::Vec2 direction, int ticks) {
  movement::MoveInputs intent{.entity = entity, .count = 1, .frames = {}};
  intent.frames[0].move_x = static_cast<std::int8_t>(direction.x * 127);
  intent.frames[0].move_z = static_cast<std::int8_t>(direction.z * 127);
  for (int i = 0; i < ticks; ++i) {
    intent.first_frame = ++frames_sent_[entity];
    intend(intent);
    step();
  }
}

}  // namespace tessera::zone
