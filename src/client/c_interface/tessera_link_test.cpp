// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/c_interface/tessera_link.h"

#include <gtest/gtest.h>

#include <array>

namespace tessera::client {
namespace {

TEST(CLink, GivesPacketsOutLaterAndLosesSome) {
  const tessera_link_options slow{0, 0, 0, 80, 0, 1};
  tessera_link* link = tessera_link_create(&slow);
  const std::array<std::uint8_t, 2> packet{7, 8};
  std::array<std::uint8_t, 16> out{};
  tessera_link_push(link, 0, packet.data(), packet.size());
  EXPECT_EQ(tessera_link_pop(link, 79'000, out.data(), out.size()), 0u);
  EXPECT_EQ(tessera_link_pop(link, 80'000, out.data(), out.size()), 2u);
  EXPECT_EQ(out[1], 8);
  tessera_link_push(link, 0, packet.data(), packet.size());
  EXPECT_EQ(tessera_link_pop(link, 80'000, out.data(), 1), 0u);  // no room: lost
  tessera_link_destroy(link);

  const tessera_link_options lossy{100, 0, 0, 0, 0, 1};
  link = tessera_link_create(&lossy);
  tessera_link_push(link, 0, packet.data(), packet.size());
  EXPECT_EQ(tessera_link_pop(link, 1'000'000, out.data(), out.size()), 0u);
  tessera_link_destroy(link);
  tessera_link_destroy(nullptr);
}

}  // namespace
}  // namespace tessera::client
