// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "cluster/link/session_messages.h"

#include <gtest/gtest.h>

#include <limits>

namespace tessera::cluster {
namespace {

OpenedSession example() {
  return {.account = {11},
          .character = {22},
          .name = FixedString<kOpenedNameBytesMax>("Ünwin of the long name"),
          .look = 0xdeadbeef,
          .position_m = {2048.5f, 31.25f, 2000.0f},
          .heading_rad = -1.5f,
          .has_position = true,
          .play_seconds = 3600,
          .epoch = 4,
          .talents = FixedString<kTalentsTextBytesMax>("101:2,104:1"),
          .arrival = FixedString<kArrivalNameBytesMax>("entrance"),
          .return_place = Place{{1, 2, 3}, 0.5f}};
}

std::vector<std::byte> encoded(const OpenedSession& session) {
  std::array<std::byte, kOpenedSessionBytesMax> buffer{};
  const auto bytes = encode(session, buffer);
  return {bytes.begin(), bytes.end()};
}

TEST(OpenedSession, ComesBackAsItWasEncoded) {
  const auto decoded = decode_opened_session(encoded(example()));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->account, AccountId{11});
  EXPECT_EQ(decoded->character, CharacterId{22});
  EXPECT_EQ(decoded->name.view(), "Ünwin of the long name");
  EXPECT_EQ(decoded->look, 0xdeadbeef);
  EXPECT_EQ(decoded->position_m, (math::Vec3{2048.5f, 31.25f, 2000.0f}));
  EXPECT_EQ(decoded->heading_rad, -1.5f);
  EXPECT_TRUE(decoded->has_position);
  EXPECT_EQ(decoded->play_seconds, 3600u);
  EXPECT_EQ(decoded->arrival.view(), "entrance");
  EXPECT_EQ(decoded->return_place, (Place{{1, 2, 3}, 0.5f}));
  EXPECT_EQ(decoded->epoch, 4u);
  EXPECT_EQ(decoded->talents.view(), "101:2,104:1");
}

TEST(OpenedSession, IsRefusedWhenCutAnywhereOrLonger) {
  auto bytes = encoded(example());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(decode_opened_session(std::span(bytes).first(size)).error(), DecodeError::Truncated);
  }
  bytes.push_back(std::byte{0});
  EXPECT_EQ(decode_opened_session(bytes).error(), DecodeError::TrailingBytes);
}

TEST(OpenedSession, IsRefusedWithoutAccountOrCharacter) {
  OpenedSession session = example();
  session.account = {};
  EXPECT_EQ(decode_opened_session(encoded(session)).error(), DecodeError::Malformed);
  session = example();
  session.character = {};
  EXPECT_EQ(decode_opened_session(encoded(session)).error(), DecodeError::Malformed);
}

TEST(OpenedSession, IsRefusedWithNumbersThatAreNotFinite) {
  OpenedSession session = example();
  session.position_m.y = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(decode_opened_session(encoded(session)).error(), DecodeError::Malformed);
  session = example();
  session.heading_rad = std::numeric_limits<float>::infinity();
  EXPECT_EQ(decode_opened_session(encoded(session)).error(), DecodeError::Malformed);
  session = example();
  session.return_place->position_m.z = std::numeric_limits<float>::infinity();
  EXPECT_EQ(decode_opened_session(encoded(session)).error(), DecodeError::Malformed);
}

TEST(OpenedSession, IsRefusedWithANameThatIsTooLongOrHasAZeroInIt) {
  auto bytes = encoded(example());
  constexpr std::size_t kNameAt = 16;
  const auto size = std::to_integer<std::size_t>(bytes[kNameAt]);
  bytes[kNameAt + 3] = std::byte{0};
  EXPECT_EQ(decode_opened_session(bytes).error(), DecodeError::Malformed);
  bytes = encoded(example());
  bytes[kNameAt] = static_cast<std::byte>(size + 2);
  bytes.insert(bytes.begin() + kNameAt + 1, 2, std::byte{'x'});
  EXPECT_EQ(decode_opened_session(bytes).error(), DecodeError::Malformed);
}

TEST(OpenedSession, FitsItsLimitAtItsLargest) {
  OpenedSession session = example();
  session.name = FixedString<kOpenedNameBytesMax>(std::string(kOpenedNameBytesMax, 'x'));
  session.arrival = FixedString<kArrivalNameBytesMax>(std::string(kArrivalNameBytesMax, 'x'));
  EXPECT_LE(encoded(session).size(), kOpenedSessionBytesMax);
}

}  // namespace
}  // namespace tessera::cluster
