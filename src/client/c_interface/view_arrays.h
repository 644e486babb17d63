// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What is in view, laid out for a renderer (tessera_view).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "client/client.h"
#include "client/tessera_client.h"

namespace tessera::client {

/// A cast that has ended by itself is not taken back: its time is over.
bool is_casting(const Cast& cast, double tick);

class ViewArrays {
 public:
  /// Everybody in view but the own character, as it is drawn at `now_us`.
  void fill(const Client& client, std::int64_t now_us);
  /// Points `out` at the arrays; valid until the next fill().
  void show(tessera_view& out) const;

 private:
  using Three = std::array<float, 3>;
  using Name = std::array<char, TESSERA_NAME_BYTES>;

  void clear();
  void add(const RemoteEntity& remote, std::uint32_t place, const Pose& pose, float emote_age_s);

  std::vector<std::uint32_t> places_;
  std::vector<std::uint64_t> ids_;
  std::vector<Three> positions_;
  std::vector<Three> velocities_;
  std::vector<float> headings_;
  std::vector<std::uint8_t> kinds_;
  std::vector<std::uint16_t> definitions_;
  std::vector<std::uint32_t> looks_;
  std::vector<std::uint32_t> emotes_;
  std::vector<float> emote_ages_s_;
  std::vector<Name> names_;
  std::vector<std::uint8_t> healths_;
  std::vector<std::uint8_t> levels_;
  std::vector<std::uint8_t> conditions_;
  std::vector<std::uint8_t> marks_;
  std::vector<std::uint16_t> casts_;
};

}  // namespace tessera::client
