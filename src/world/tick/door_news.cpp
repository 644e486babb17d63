// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/door_news.h"

#include <algorithm>
#include <array>

#include "gameplay/shared/components.h"
#include "protocol/limits.h"
#include "world/intake/control_messages.h"

namespace tessera::tick {
namespace {

static_assert(protocol::kDoorsMax == physics::kDoorsMax);

/// Blocks along a side of the world; a larger world gets larger blocks.
constexpr float kBlocksAlongMax = 128;

}  // namespace

DoorNews::DoorNews(const doors::DoorIndex& index) : words_((index.size() + 63) / 64) {
  if (index.size() > 0) make_blocks(index);
}

void DoorNews::make_blocks(const doors::DoorIndex& index) {
  physics::Bounds all;
  for (std::size_t door = 0; door < index.size(); ++door) all.add(index.leaf(door));
  all.grow(kDoorSight_m);
  low_ = math::flat(all.low);
  const math::Vec2 size = math::flat(all.high) - low_;
  while (std::max(size.x, size.z) > block_m_ * kBlocksAlongMax) block_m_ *= 2;
  columns_ = static_cast<std::uint32_t>(size.x / block_m_) + 1;
  rows_ = static_cast<std::uint32_t>(size.z / block_m_) + 1;
  for (std::uint32_t block = 0; block < columns_ * rows_; ++block) {
    starts_.push_back(static_cast<std::uint32_t>(near_.size()));
    const math::Vec2 corner = low_ + math::Vec2{static_cast<float>(block % columns_) * block_m_,
                                                static_cast<float>(block / columns_) * block_m_};
    physics::Bounds sight{{corner.x, all.low.y, corner.z},
                          {corner.x + block_m_, all.high.y, corner.z + block_m_}};
    sight.grow(kDoorSight_m);
    for (std::size_t door = 0; door < index.size(); ++door) {
      if (!sight.touches(index.leaf(door))) continue;
      const auto word = static_cast<std::uint32_t>(door / 64);
      const bool begun = near_.size() > starts_.back() && near_.back().word == word;
      if (!begun) near_.push_back({word, 0});
      near_.back().doors |= std::uint64_t{1} << (door % 64);
    }
  }
  starts_.push_back(static_cast<std::uint32_t>(near_.size()));
}

std::span<const DoorNews::SomeDoors> DoorNews::in_sight(math::Vec2 place) const {
  const float x = (place.x - low_.x) / block_m_;
  const float z = (place.z - low_.z) / block_m_;
  const bool inside =
      x >= 0 && x < static_cast<float>(columns_) && z >= 0 && z < static_cast<float>(rows_);
  if (!inside) return {};  // NaN too
  const std::uint32_t block =
      static_cast<std::uint32_t>(z) * columns_ + static_cast<std::uint32_t>(x);
  return std::span(near_).subspan(starts_[block], starts_[block + 1] - starts_[block]);
}

/// An entity's index may be another's later, and another session may play the same: both begin with
/// all doors closed.
std::uint64_t* DoorNews::told_to(EntityId entity, SessionId session) {
  const std::size_t index = entity.index();
  if (index >= sessions_.size()) {
    sessions_.resize(index + 1);
    told_.resize((index + 1) * words_);
  }
  std::uint64_t* const told = &told_[index * words_];
  if (sessions_[index] != session) {
    sessions_[index] = session;
    std::fill_n(told, words_, std::uint64_t{0});
  }
  return told;
}

void DoorNews::tell(TickNumber now, const ecs::Registry& registry,
                    const intake::SessionTable& sessions) {
  if (words_ == 0 || now % doors::kPassInterval != 0) return;
  const auto& open = registry.singleton<doors::Doors>().open;
  const auto tell_player = [&](EntityId entity, const Position& position,
                               const PlayerControl& player) {
    const std::span<const SomeDoors> near = in_sight(math::flat(position.metres));
    if (near.empty()) return;
    std::uint64_t* const told = told_to(entity, player.session);
    std::array<intake::ChangedDoors, doors::kDoorWords> changed;
    std::size_t count = 0;
    for (const SomeDoors& some : near) {
      const std::uint64_t differing = (open[some.word] ^ told[some.word]) & some.doors;
      if (differing == 0) continue;
      changed[count++] = {some.word, differing & open[some.word], differing & ~open[some.word]};
    }
    if (count == 0) return;
    const intake::Session* const session = sessions.find(player.session);
    if (session == nullptr) return;
    const auto all = std::span(changed).first(count);
    for (const intake::ChangedDoors& some : all) told[some.word] ^= some.opened | some.closed;
    intake::send_doors_changed(*session->link, session->id, all);
  };
  registry.view<const Position, const PlayerControl>().each(tell_player);
}

}  // namespace tessera::tick
