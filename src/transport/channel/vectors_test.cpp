// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// docs/vectors/channel.json says what packets look like; the browser's client reads the same file.
// The vectors were made by another program, from the document.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "transport/channel/detail/packet_header.h"
#include "transport/channel/detail/section_codec.h"
#include "transport/channel/test_support.h"

namespace tessera::channel {
namespace {

using testing::Bytes;
using testing::Recorder;

const boost::json::value& vectors() {
  static const boost::json::value value = [] {
    std::ifstream file("docs/vectors/channel.json");
    std::stringstream text;
    text << file.rdbuf();
    return boost::json::parse(text.str());
  }();
  return value;
}

Bytes hex(const boost::json::value& value) {
  const std::string text(value.as_string());
  Bytes bytes(text.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::byte>(std::stoul(text.substr(2 * i, 2), nullptr, 16));
  }
  return bytes;
}

template <class T>
T number(const boost::json::value& object, const char* key) {
  return object.at(key).to_number<T>();
}

detail::PacketHeader header_of(const boost::json::value& fields) {
  detail::PacketHeader header{.sequence = number<std::uint16_t>(fields, "sequence")};
  if (!fields.as_object().contains("ack")) return header;
  header.acknowledges = true;
  header.ack = number<std::uint16_t>(fields, "ack");
  header.delay_ms = number<std::uint8_t>(fields, "delay_ms");
  header.missing = number<std::uint32_t>(fields, "missing");
  return header;
}

TEST(ChannelVectors, GiveTheBytesThatAreWritten) {
  for (const auto& fields : vectors().at("packets").as_array()) {
    SCOPED_TRACE(fields.at("name").as_string().c_str());
    Bytes packet(kPacketBytesMax);
    ByteWriter out(packet);
    detail::write_header(out, header_of(fields.at("header")));
    detail::SectionWriter sections(out);
    for (const auto& section : fields.at("sections").as_array()) {
      const Bytes bytes = hex(section.at("bytes"));
      if (section.as_object().contains("kind")) {
        sections.section(number<std::uint8_t>(section, "kind"), bytes);
      } else {
        sections.piece(number<std::uint8_t>(section, "stream"),
                       number<std::uint64_t>(section, "offset"), bytes);
      }
    }
    sections.finish(packet);
    packet.resize(out.size());
    EXPECT_EQ(packet, hex(fields.at("packet")));
  }
}

TEST(ChannelVectors, GiveWhatIsReadFromBytes) {
  for (const auto& fields : vectors().at("packets").as_array()) {
    SCOPED_TRACE(fields.at("name").as_string().c_str());
    const Bytes packet = hex(fields.at("packet"));
    ByteReader in(packet);
    const detail::PacketHeader header = detail::read_header(in);
    const detail::PacketHeader expected = header_of(fields.at("header"));
    EXPECT_EQ(header.sequence, expected.sequence);
    EXPECT_EQ(header.acknowledges, expected.acknowledges);
    EXPECT_EQ(header.ack, expected.ack);
    EXPECT_EQ(header.delay_ms, expected.delay_ms);
    EXPECT_EQ(header.missing, expected.missing);
    for (const auto& section : fields.at("sections").as_array()) {
      const detail::ReadSection read = detail::read_section(in);
      EXPECT_EQ(Bytes(read.bytes.begin(), read.bytes.end()), hex(section.at("bytes")));
      EXPECT_EQ(read.is_piece, !section.as_object().contains("kind"));
      EXPECT_EQ(read.number, number<std::uint8_t>(section, read.is_piece ? "stream" : "kind"));
      if (read.is_piece) {
        EXPECT_EQ(read.offset_low, number<std::uint64_t>(section, "offset") & 0xffffff);
      }
    }
    EXPECT_TRUE(in.done());
  }
}

TEST(ChannelVectors, GiveTheMessagesOfAConversation) {
  Channel channel(Options::client());
  for (const auto& step : vectors().at("conversation").as_array()) {
    Recorder recorder;
    ASSERT_TRUE(channel.read_packet(0, hex(step.at("packet")), recorder).has_value());
    std::map<std::uint8_t, std::vector<Bytes>> expected;
    for (const auto& message : step.at("messages").as_array()) {
      expected[number<std::uint8_t>(message, "stream")].push_back(hex(message.at("bytes")));
    }
    EXPECT_EQ(recorder.messages, expected);
  }
}

TEST(ChannelVectors, GiveTheMalformedPacketsThatAreRefused) {
  for (const auto& fields : vectors().at("malformed").as_array()) {
    SCOPED_TRACE(fields.at("name").as_string().c_str());
    Channel channel(Options::client());
    Recorder recorder;
    EXPECT_FALSE(channel.read_packet(0, hex(fields.at("packet")), recorder).has_value());
    EXPECT_TRUE(recorder.messages.empty());
    EXPECT_TRUE(recorder.sections.empty());
  }
}

}  // namespace
}  // namespace tessera::channel
