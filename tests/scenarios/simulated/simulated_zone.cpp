// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "simulated_zone.h"

#include <gtest/gtest.h>

#include "cluster/link/session_messages.h"
#include "protocol/sections.h"
#include "world/log/log_reader.h"

namespace tessera::scenarios {
namespace {

constexpr std::int64_t kTickUs = 16'667;
constexpr std::uint32_t kRecordingRun = 1;

std::unique_ptr<log::IntentLog> open_log(const std::string& file, log::LogStorage& storage,
                                         const zone::Zone& zone) {
  log::LogOptions options;
  options.record_file = file;
  options.run = kRecordingRun;
  return log::IntentLog::open(std::move(options), storage,
                              {.build = "test",
                               .content_hash = zone.definition().content_hash,
                               .seed = zone.options().seed,
                               .zone = zone.options().zone,
                               .options = zone::encode(zone.options())},
                              {})
      .value();
}

}  // namespace

/// What a session's packets say becomes messages of the link, as in gateway/sessions.
class SimulatedZone::Gateway final : public channel::Receiver {
 public:
  Gateway(cluster::Link& link, SessionId session) : link_(link), session_(session) {}
  void on_section(std::uint8_t kind, std::span<const std::byte> bytes) override {
    if (kind != static_cast<std::uint8_t>(protocol::SectionKind::Inputs)) return;
    link_.push_up({.session = session_, .kind = cluster::UpKind::Inputs}, bytes);
  }
  void on_message(std::uint8_t stream, std::span<const std::byte> bytes) override {
    link_.push_up({.session = session_, .number = stream, .kind = cluster::UpKind::Message}, bytes);
  }

 private:
  cluster::Link& link_;
  SessionId session_;
};

SimulatedZone::SimulatedZone(ZoneDefinition definition, const chaos::Options& trouble,
                             std::uint64_t seed)
    : trouble_(trouble),
      random_(seed),
      definition_(std::move(definition)),
      options_({.zone = 1, .seed = seed, .creatures = definition_.creature_count}),
      zone_(definition_, options_, 0),
      log_(open_log(folder_.file("run.tlog"), disk_, zone_)),
      saves_({}, saver_),
      outbox_({}, saves_),
      replication_({.entities_expected = 256}, zone_.collision()),
      tick_(std::make_unique<tick::ZoneTick>(tick::TickParts{.zone = zone_,
                                                             .log = *log_,
                                                             .outbox = outbox_,
                                                             .replication = replication_,
                                                             .links = links_,
                                                             .mailbox = mailbox_},
                                             intake::IntakeOptions{})) {}

SimulatedZone::~SimulatedZone() = default;

Person& SimulatedZone::enter(math::Vec3 place, const client::Options& options) {
  chaos::Options down = trouble_;
  chaos::Options up = trouble_;
  down.seed = random_.next();
  up.seed = random_.next();
  persons_.push_back(std::make_unique<Person>(options, zone_.collision(), down, up));
  Person& person = *persons_.back();
  const std::uint64_t number = persons_.size();
  person.session = {number};
  cluster::OpenedSession opened;
  opened.account = {number};
  opened.character = {number};
  opened.name = FixedString<cluster::kOpenedNameBytesMax>("Person " + std::to_string(number));
  opened.class_id = class_id;
  opened.position_m = place;
  opened.has_position = true;
  std::array<std::byte, cluster::kOpenedSessionBytesMax> bytes;
  link_.push_up({.session = person.session, .kind = cluster::UpKind::SessionOpened},
                cluster::encode(opened, bytes));
  return person;
}

void SimulatedZone::take_up(Person& person) {
  Gateway gateway(link_, person.session);
  while (const auto datagram = person.up.pop(now_us_)) {
    EXPECT_TRUE(person.server_channel.read_packet(now_us_, datagram->bytes, gateway));
  }
  person.server_channel.take_deliveries([&](const channel::Delivery& delivery) {
    link_.push_up({.session = person.session,
                   .number = delivery.tag,
                   .kind = cluster::UpKind::Delivery,
                   .flag = static_cast<std::uint8_t>(delivery.arrived ? 1 : 0)});
  });
  const auto rtt_ms = static_cast<std::uint32_t>(person.server_channel.rtt_ms() + 0.5f);
  if (zone_.now() % kTicksPerSecond == 0 && rtt_ms > 0) {
    link_.push_up(
        {.session = person.session, .number = rtt_ms, .kind = cluster::UpKind::RoundTrip});
  }
}

void SimulatedZone::send_down() {
  link_.drain_down([&](const cluster::DownHeader& header, std::span<const std::byte> bytes) {
    Person& person = *persons_.at(header.session.value - 1);
    if (header.kind == cluster::DownKind::Message) {
      EXPECT_TRUE(person.server_channel.send(static_cast<std::uint8_t>(header.number), bytes));
      return;
    }
    ASSERT_EQ(header.kind, cluster::DownKind::Snapshot) << "nobody is disconnected";
    const channel::Section section{static_cast<std::uint8_t>(protocol::SectionKind::Snapshot),
                                   header.number, bytes};
    std::array<std::byte, channel::kPacketBytesMax> packet;
    const std::size_t size = person.server_channel.write_packet(now_us_, {&section, 1}, packet);
    person.down.push(now_us_, std::span(packet).first(size), {});
  });
}

void SimulatedZone::play(Person& person) {
  while (const auto datagram = person.down.pop(now_us_)) {
    EXPECT_TRUE(person.core.receive(now_us_, datagram->bytes));
  }
  if (person.play && person.core.in_world()) person.play(person, now_us_);
  person.core.advance(now_us_);
  std::array<std::byte, channel::kPacketBytesMax> packet;
  while (const std::size_t size = person.core.write_packet(now_us_, packet)) {
    person.up.push(now_us_, std::span(packet).first(size), {});
  }
}

void SimulatedZone::step() {
  now_us_ += kTickUs;
  for (const auto& person : persons_) take_up(*person);
  tick_->run(zone_.now() + 1);
  send_down();
  now_us_ += kTickUs / 2;
  for (const auto& person : persons_) play(*person);
  now_us_ -= kTickUs / 2;
}

TickNumber SimulatedZone::replayed_ticks() {
  EXPECT_TRUE(log_->close());
  const auto file = log::MappedLog::open(folder_.file("run.tlog"));
  auto reader = log::LogReader::open(file->bytes());
  EXPECT_TRUE(reader) << reader.error().message;
  zone::Zone again(definition_, options_, 2);
  for (;;) {
    const auto tick = reader->next();
    if (!tick || !*tick) return again.now();
    EXPECT_TRUE(again.intents().deserialise((*tick)->intents));
    again.step((*tick)->tick);
    if (again.hash() != (*tick)->hash) return again.now() - 1;
  }
}

}  // namespace tessera::scenarios
