// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/sessions/detail/control_words.h"

#include <gtest/gtest.h>

#include <set>

#include "protocol/limits.h"
#include "protocol/messages/control.pb.h"

namespace tessera::gateway::detail {
namespace {

using cluster::CloseReason;

std::string text_of(std::string_view sentence) {
  protocol::ServerControl control;
  EXPECT_TRUE(control.ParseFromString(disconnecting_message(CloseReason::Kicked, sentence)));
  return control.disconnecting().text();
}

TEST(DefaultSentence, TellsEveryReasonApart) {
  std::set<std::string_view> sentences;
  for (std::uint16_t reason = 0; reason <= static_cast<std::uint16_t>(CloseReason::TooFast);
       ++reason) {
    const std::string_view sentence = default_sentence(static_cast<CloseReason>(reason));
    EXPECT_TRUE(sentence.ends_with('.')) << reason;
    EXPECT_LE(sentence.size(), protocol::kSentenceBytesMax);
    sentences.insert(sentence);
  }
  EXPECT_EQ(sentences.size(), 9u);
  EXPECT_EQ(default_sentence(static_cast<CloseReason>(999)), "") << "of a later version";
}

TEST(DisconnectingMessage, CarriesReasonAndSentence) {
  protocol::ServerControl control;
  ASSERT_TRUE(control.ParseFromString(disconnecting_message(CloseReason::SlowClient, "Too slow.")));
  EXPECT_EQ(control.disconnecting().reason(), static_cast<std::uint32_t>(CloseReason::SlowClient));
  EXPECT_EQ(control.disconnecting().text(), "Too slow.");
}

TEST(DisconnectingMessage, CutsALongSentenceBetweenCharacters) {
  const std::string full(protocol::kSentenceBytesMax, 'a');
  EXPECT_EQ(text_of(full), full);
  EXPECT_EQ(text_of(full + "b"), full);
  const std::string almost(protocol::kSentenceBytesMax - 1, 'a');
  EXPECT_EQ(text_of(almost + "\xc3\xab"), almost) << "not half an e with dots";
  EXPECT_EQ(text_of(almost + "b\xc3\xab"), almost + "b");
}

}  // namespace
}  // namespace tessera::gateway::detail
