// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/page_cache.h"

#include <bit>

namespace tessera::replication {
namespace {

using protocol::kPageSlots;
using protocol::kReplicatedComponents;

struct ComponentAt {
  std::uint8_t slot;
  std::uint8_t component;
};

/// Slots of `occupied` whose tick is after `since`.
std::uint32_t newer(const std::array<std::uint32_t, kPageSlots>& ticks, std::uint32_t occupied,
                    std::uint32_t since) {
  std::uint32_t mask = 0;
  for (std::uint32_t rest = occupied; rest != 0; rest &= rest - 1) {
    const auto slot = static_cast<unsigned>(std::countr_zero(rest));
    mask |= (ticks[slot] > since ? 1u : 0u) << slot;
  }
  return mask;
}

/// Encodes the changed components into `out`, each with its head; what does not fit is postponed.
/// Returns the offset of the last one's slot byte, whose "another follows" bit is to be cleared.
std::size_t write_components(Mirror& mirror, PageIndex page, std::uint32_t since, std::size_t room,
                             ByteWriter& out) {
  std::size_t last = 0;
  for (std::size_t i = 0; i < kReplicatedComponents; ++i) {
    const PageSlots& slots = mirror.slots(page);
    std::uint32_t mask = newer(slots.component_ticks[i], mirror.head(page).occupied, since);
    for (; mask != 0; mask &= mask - 1) {
      const auto slot = static_cast<std::uint8_t>(std::countr_zero(mask));
      std::array<std::byte, protocol::kComponentBytesMax> fields;
      ByteWriter writer(fields);
      mirror.write_component(slots.rows[slot], i, writer);
      if (out.size() + 3 + writer.size() > room) {
        mirror.postpone(page, slot, i);
        continue;
      }
      last = out.size();
      protocol::write_page_component(out, slot, static_cast<std::uint8_t>(i), writer.written(),
                                     false);
    }
  }
  return last;
}

}  // namespace

PageCache::Body PageCache::encode(Mirror& mirror, PageIndex page, std::uint32_t since,
                                  Entry& entry) {
  ++encoded_;
  if (used_ + kBodyBytesMax + protocol::kBodySlack > bytes_.size()) {
    bytes_.resize(std::max<std::size_t>(bytes_.size() * 2, std::size_t{64} * 1024));
  }
  const PageHead& head = mirror.head(page);
  const PageSlots& slots = mirror.slots(page);
  const std::uint32_t states = newer(slots.state_ticks, head.occupied, since);

  std::array<std::byte, kBodyBytesMax> components;
  ByteWriter writer(components);
  if (head.components_changed > since) {
    const std::size_t last = write_components(
        mirror, page, since, kBodyBytesMax - protocol::kPageStatesBytesMax, writer);
    if (writer.size() > 0) components[last] &= std::byte{0x7f};
  }

  const auto out = std::span(bytes_).subspan(used_, kBodyBytesMax);
  std::size_t size = protocol::write_page_states(out, states, slots.states);
  if (writer.size() > 0) std::memcpy(out.data() + size, components.data(), writer.size());
  size += writer.size();
  const unsigned i = entry.used < kHistories ? entry.used++ : kHistories - 1;
  entry.since[i] = since;
  entry.bitmaps[i] = states | (writer.size() > 0 ? protocol::kComponentsFollow : 0);
  entry.offsets[i] = static_cast<std::uint32_t>(used_);
  entry.sizes[i] = static_cast<std::uint16_t>(size);
  used_ += size;
  return view(entry, i);
}

}  // namespace tessera::replication
