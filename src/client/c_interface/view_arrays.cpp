// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/c_interface/view_arrays.h"

#include <algorithm>
#include <cstring>

namespace tessera::client {

bool is_casting(const Cast& cast, double tick) {
  return cast.ability != 0 && tick < static_cast<double>(cast.started_at + cast.ticks);
}

void ViewArrays::clear() {
  places_.clear();
  ids_.clear();
  positions_.clear();
  velocities_.clear();
  headings_.clear();
  kinds_.clear();
  definitions_.clear();
  looks_.clear();
  emotes_.clear();
  emote_ages_s_.clear();
  names_.clear();
  healths_.clear();
  levels_.clear();
  conditions_.clear();
  marks_.clear();
  casts_.clear();
}

void ViewArrays::add(const RemoteEntity& remote, std::uint32_t place, const Pose& pose,
                     float emote_age_s) {
  places_.push_back(place);
  ids_.push_back(remote.id.value);
  positions_.push_back({pose.position.x, pose.position.y, pose.position.z});
  const math::Vec3& velocity = pose.velocity_m_per_s;
  velocities_.push_back({velocity.x, velocity.y, velocity.z});
  headings_.push_back(pose.heading);
  kinds_.push_back(static_cast<std::uint8_t>(remote.appearance.kind));
  definitions_.push_back(remote.appearance.definition);
  looks_.push_back(remote.appearance.look);
  emotes_.push_back(remote.gesture.emote);
  emote_ages_s_.push_back(emote_age_s);
  healths_.push_back(remote.condition.health);
  levels_.push_back(remote.condition.level);
  conditions_.push_back(remote.condition.flags);
  marks_.push_back(remote.condition.marks);
  const std::string_view text = remote.appearance.name.view();
  static_assert(TESSERA_NAME_BYTES == kNameBytesMax + 1);
  std::memcpy(names_.emplace_back().data(), text.data(), text.size());
}

void ViewArrays::fill(const Client& client, std::int64_t now_us) {
  clear();
  client.replica().each_visible([&](const RemoteEntity& remote) {
    if (client.in_world() && remote.id == client.own_entity()) return;
    const double shown = client.shown_tick_of(remote, now_us);
    const auto pose = pose_at(remote.history, shown, client.world().terrain());
    const double age = shown - static_cast<double>(remote.gesture.started_at);
    add(remote, client.replica().place_of(remote), *pose,
        static_cast<float>(std::max(age, 0.0) / kTicksPerSecond));
    casts_.push_back(is_casting(remote.cast, client.tick_at(now_us)) ? remote.cast.ability : 0);
  });
}

void ViewArrays::show(tessera_view& out) const {
  out.count = static_cast<std::uint32_t>(ids_.size());
  out.places = places_.data();
  out.ids = ids_.data();
  out.positions = positions_.empty() ? nullptr : positions_.front().data();
  out.velocities = velocities_.empty() ? nullptr : velocities_.front().data();
  out.headings = headings_.data();
  out.kinds = kinds_.data();
  out.definitions = definitions_.data();
  out.looks = looks_.data();
  out.emotes = emotes_.data();
  out.emote_ages_s = emote_ages_s_.data();
  out.names = names_.empty() ? nullptr : names_.front().data();
  out.healths = healths_.data();
  out.levels = levels_.data();
  out.conditions = conditions_.data();
  out.casts = casts_.data();
  out.marks = marks_.data();
}

}  // namespace tessera::client
