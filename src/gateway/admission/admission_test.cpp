// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/admission/admission.h"

#include <gtest/gtest.h>

namespace tessera::admission {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

CharacterId character(std::uint64_t id) { return {id}; }

bool admitted(const AdmissionAnswer& answer) { return std::holds_alternative<Admitted>(answer); }

std::uint32_t position(const AdmissionAnswer& answer) {
  const auto* queued = std::get_if<Queued>(&answer);
  return queued == nullptr ? 0 : queued->position;
}

TEST(Admission, AdmitsUntilTheSeatsAreTakenThenQueuesInOrder) {
  Admission admission({.seats = 2});
  EXPECT_TRUE(admitted(admission.ask(character(1), 0)));
  EXPECT_TRUE(admitted(admission.ask(character(2), 0)));
  EXPECT_EQ(position(admission.ask(character(3), 0)), 1u);
  EXPECT_EQ(position(admission.ask(character(4), 0)), 2u);
  EXPECT_EQ(position(admission.ask(character(3), kSecond)), 1u);
  EXPECT_EQ(admission.queue_size(kSecond), 2u);
  EXPECT_EQ(admission.seats_taken(kSecond), 2u);
}

TEST(Admission, TellsSizeAndWhenToAskAgain) {
  Admission admission({.seats = 0, .retry_after_s = 7});
  admission.ask(character(1), 0);
  const auto answer = std::get<Queued>(admission.ask(character(2), 0));
  EXPECT_EQ(answer.position, 2u);
  EXPECT_EQ(answer.size, 2u);
  EXPECT_EQ(answer.retry_after_s, 7u);
}

TEST(Admission, GivesAFreedSeatToTheFirstInTheQueueOnly) {
  Admission admission({.seats = 1});
  admission.ask(character(1), 0);
  admission.connected(character(1), 0);
  admission.ask(character(2), 0);
  admission.ask(character(3), 0);
  admission.disconnected(character(1), false, kSecond);
  EXPECT_EQ(position(admission.ask(character(4), kSecond)), 3u) << "nobody jumps the queue";
  EXPECT_EQ(position(admission.ask(character(3), kSecond)), 2u);
  EXPECT_TRUE(admitted(admission.ask(character(2), kSecond)));
  EXPECT_EQ(position(admission.ask(character(3), kSecond)), 1u);
}

TEST(Admission, KeepsTheSeatOfALostConnectionForAReconnect) {
  Admission admission({.seats = 1, .reconnect_s = 60, .place_s = 1000});
  admission.ask(character(1), 0);
  admission.connected(character(1), 0);
  admission.disconnected(character(1), true, 10 * kSecond);
  EXPECT_EQ(position(admission.ask(character(2), 20 * kSecond)), 1u);
  EXPECT_TRUE(admitted(admission.ask(character(1), 30 * kSecond)));
  admission.connected(character(1), 31 * kSecond);
  admission.disconnected(character(1), true, 40 * kSecond);
  EXPECT_TRUE(admitted(admission.ask(character(2), 101 * kSecond)));
}

TEST(Admission, FreesASeatWhoseTokenWasNeverUsedSoonAfterTheTokenIsOver) {
  Admission admission({.seats = 1});
  admission.ask(character(1), 0);
  EXPECT_EQ(position(admission.ask(character(2), (kGrantValid_s + 1) * kSecond)), 1u);
  EXPECT_TRUE(admitted(admission.ask(character(2), (kGrantValid_s + 7) * kSecond)));
}

TEST(Admission, AdmitsACharacterThatPlaysAlreadySoThatItCanMoveItsSession) {
  Admission admission({.seats = 1});
  admission.ask(character(1), 0);
  admission.connected(character(1), 0);
  EXPECT_TRUE(admitted(admission.ask(character(1), kSecond)));
  EXPECT_EQ(admission.seats_taken(1000 * kSecond), 1u) << "playing never expires";
}

TEST(Admission, DropsPlacesThatAreNotAskedForAnyMore) {
  Admission admission({.seats = 0, .place_s = 20});
  admission.ask(character(1), 0);
  admission.ask(character(2), 0);
  admission.ask(character(2), 15 * kSecond);
  EXPECT_EQ(position(admission.ask(character(2), 25 * kSecond)), 1u);
  EXPECT_EQ(position(admission.ask(character(1), 25 * kSecond)), 2u);
}

TEST(Admission, RefusesWhenTheQueueIsFull) {
  Admission admission({.seats = 0, .queue_max = 1});
  EXPECT_EQ(position(admission.ask(character(1), 0)), 1u);
  EXPECT_TRUE(std::holds_alternative<QueueFull>(admission.ask(character(2), 0)));
  EXPECT_EQ(position(admission.ask(character(1), 0)), 1u);
}

TEST(Admission, SeatsAConnectedCharacterEvenFromTheQueue) {
  Admission admission({.seats = 0});
  admission.ask(character(1), 0);
  admission.connected(character(1), 0);
  EXPECT_EQ(admission.queue_size(0), 0u);
  EXPECT_EQ(admission.seats_taken(0), 1u);
}

}  // namespace
}  // namespace tessera::admission
