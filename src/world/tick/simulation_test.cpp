// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/simulation.h"

#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <optional>

#include "cluster/link/session_messages.h"
#include "engine/platform/testing/temp_directory.h"
#include "protocol/inputs.h"
#include "protocol/messages/control.pb.h"
#include "protocol/snapshot.h"
#include "world/log/log_reader.h"
#include "world/zone/testing/test_world.h"

namespace tessera::tick {
namespace {

using cluster::CloseReason;
using cluster::DownKind;
using cluster::UpKind;

/// Leaves the processor to whoever has work to do: the simulation's own threads stand behind its
/// tick, and behind a test that spins.
void give_way() { std::this_thread::sleep_for(std::chrono::microseconds(50)); }

/// Time that passes only by sleeping: the simulation runs about a hundred times as fast.
struct FastTime {
  static inline std::atomic<std::int64_t> now{1'000'000'000};
  static std::int64_t now_ns() { return now; }
  static void sleep_until_ns(std::int64_t deadline) {
    now = deadline + 200'000;
    give_way();
  }
};

/// Remembers what was stored, or refuses everything.
class MemorySaver final : public outbox::CharacterSaver {
 public:
  Result<std::vector<CharacterId>> save(std::span<const outbox::CharacterState> states) override {
    const std::lock_guard lock(mutex);
    if (!refuse_saves.empty()) return failure(refuse_kind, refuse_saves);
    for (const auto& state : states) stored[state.character.value] = state;
    return {};
  }

  std::mutex mutex;
  std::map<std::uint64_t, outbox::CharacterState> stored;
  std::string refuse_saves;
  ErrorKind refuse_kind = ErrorKind::Unavailable;
};

/// A disk that takes the first write and is full afterwards, for some writes or for good.
class FullDisk final : public log::LogStorage {
 public:
  Result<std::unique_ptr<log::LogFile>> create(const std::filesystem::path&) override {
    return std::make_unique<File>(*this);
  }
  Result<void> remove(const std::filesystem::path&) override { return {}; }
  Result<std::vector<std::filesystem::path>> list(const std::filesystem::path&) override {
    return std::vector<std::filesystem::path>{};
  }
  int writes_refused = 1'000'000'000;

 private:
  class File final : public log::LogFile {
   public:
    explicit File(FullDisk& disk) : disk_(disk) {}
    Result<void> append(std::span<const std::byte>) override {
      const bool first = std::exchange(disk_.first_, false);
      if (first || disk_.writes_refused == 0) return {};
      --disk_.writes_refused;
      return failure(ErrorKind::ResourceExhausted, "No space left on device");
    }
    Result<void> sync() override { return {}; }

   private:
    FullDisk& disk_;
  };
  bool first_ = true;
};

/// A zone with its thread, behind one link whose gateway is the test.
class SimulationTest : public testing::Test {
 protected:
  SimulationOptions options() {
    SimulationOptions options;
    options.zone = {.zone = 1, .seed = 5, .creatures = 10, .players_max = 3};
    options.build = "test";
    options.log.folder = folder.path() + "/log";
    options.log.group_interval = std::chrono::milliseconds(5);
    options.save_timeout = std::chrono::milliseconds(200);
    options.replication.entities_expected = 64;
    options.pacemaker.time = {FastTime::now_ns, FastTime::sleep_until_ns};
    return options;
  }
  /// Made anew for each simulation.
  outbox::SaveQueue& saves() {
    simulation.reset();
    return queue.emplace(outbox::SaveQueueOptions{.gather = std::chrono::milliseconds(1),
                                                  .retry_first = std::chrono::milliseconds(1)},
                         saver);
  }
  void start(const SimulationOptions& options, ZoneDefinition zone = zone::make_test_zone()) {
    auto made = Simulation::create(options, std::move(zone), links, disk, saves());
    ASSERT_TRUE(made) << made.error().message;
    simulation = std::move(*made);
    simulation->start();
  }
  void open(std::uint64_t session, std::uint64_t character) {
    cluster::OpenedSession opened;
    opened.account = {character};
    opened.character = {character};
    opened.name = FixedString<cluster::kOpenedNameBytesMax>("Anna");
    opened.position_m = {100, 0, 100};
    opened.has_position = true;
    std::array<std::byte, cluster::kOpenedSessionBytesMax> bytes;
    link.push_up({.session = {session}, .kind = UpKind::SessionOpened},
                 cluster::encode(opened, bytes));
  }
  /// One packet with the frames up to `newest`, walking south.
  void send_walk(std::uint64_t session, std::uint32_t newest) {
    protocol::Inputs inputs;
    inputs.newest_frame = newest;
    inputs.frame_count = std::min<std::uint32_t>(newest, 6);
    for (std::uint32_t i = 0; i < inputs.frame_count; ++i) inputs.frames[i].move_z = 127;
    std::array<std::byte, protocol::kInputsBytesMax> bytes;
    const std::size_t size = protocol::write_inputs(bytes, inputs);
    link.push_up({.session = {session}, .kind = UpKind::Inputs}, std::span(bytes).first(size));
  }
  /// One packet with an action for each of `emotes`, the first of them number `action`.
  void send_emotes(std::uint64_t session, std::uint16_t action,
                   std::initializer_list<std::uint16_t> emotes) {
    protocol::Inputs inputs;
    inputs.newest_frame = 1;
    inputs.frame_count = 1;
    for (const std::uint16_t emote : emotes) {
      inputs.actions[inputs.action_count++] = {action++, protocol::ActionKind::Emote, emote, 1};
    }
    std::array<std::byte, protocol::kInputsBytesMax> bytes;
    const std::size_t size = protocol::write_inputs(bytes, inputs);
    link.push_up({.session = {session}, .kind = UpKind::Inputs}, std::span(bytes).first(size));
  }
  protocol::ActionVerdict verdict_on(std::uint16_t action) {
    const auto is_it = [action](const auto& answer) { return answer.action == action; };
    read_until([&] { return std::ranges::any_of(answers, is_it); });
    return std::ranges::find_if(answers, is_it)->verdict;
  }
  /// Reads what the zone sends until `enough` is true.
  template <class F>
  void read_until(F enough) {
    while (!enough()) {
      link.drain_down([&](const cluster::DownHeader& header, std::span<const std::byte> bytes) {
        take(header, bytes);
      });
      give_way();
    }
  }
  void take(const cluster::DownHeader& header, std::span<const std::byte> bytes) {
    if (header.kind == DownKind::Disconnect) {
      closed[header.session.value] = static_cast<CloseReason>(header.number);
    } else if (header.kind == DownKind::Message) {
      protocol::ServerControl control;
      ASSERT_TRUE(control.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
      messages.push_back(control);
    } else {
      protocol::Snapshot snapshot;
      ASSERT_TRUE(protocol::read_snapshot(bytes, snapshot));
      ++snapshots;
      for (const auto& answer : snapshot.answers) {
        answers.push_back(answer);
        answered_at_once |= header.at_once != 0;
      }
    }
  }

  /// Runs a recording again, compares every hash and returns the number of ticks.
  static TickNumber expect_replay(const std::filesystem::path& path) {
    auto file = log::MappedLog::open(path);
    auto reader = log::LogReader::open(file->bytes());
    EXPECT_TRUE(reader) << reader.error().message;
    zone::Zone zone(zone::make_test_zone(), *zone::decode_zone_options(reader->header().options),
                    2);
    for (;;) {
      auto tick = reader->next();
      EXPECT_TRUE(tick) << tick.error().message();
      if (!tick || !*tick) return zone.now();
      EXPECT_TRUE(zone.intents().deserialise((*tick)->intents));
      zone.step((*tick)->tick);
      EXPECT_EQ(zone.hash(), (*tick)->hash) << "tick " << (*tick)->tick;
      if (HasFailure()) return zone.now();
    }
  }

  platform::TempDirectory folder;
  log::DiskStorage disk;
  cluster::Link link;
  std::array<cluster::Link*, 1> links{&link};
  MemorySaver saver;
  std::optional<outbox::SaveQueue> queue;
  std::map<std::uint64_t, CloseReason> closed;
  std::vector<protocol::ServerControl> messages;
  std::vector<protocol::ActionAnswer> answers;
  bool answered_at_once = false;
  std::uint64_t snapshots = 0;
  std::unique_ptr<Simulation> simulation;
};

TEST_F(SimulationTest, WelcomesAPlayerShowsTheWorldAndAnswersAtOnce) {
  start(options());
  open(1, 7);
  read_until([&] { return !messages.empty() && snapshots > 3; });
  ASSERT_TRUE(messages[0].has_welcome());
  EXPECT_EQ(messages[0].welcome().content_hash(), 0x7e57u);
  EXPECT_EQ(messages[0].welcome().zone_name(), "test");
  send_emotes(1, 41, {1});
  read_until([&] { return !answers.empty(); });
  EXPECT_EQ(answers[0].action, 41);
  EXPECT_EQ(answers[0].verdict, protocol::ActionVerdict::Done);
  EXPECT_TRUE(answered_at_once);
  const SimulationFigures figures = simulation->figures();
  EXPECT_EQ(figures.players, 1u);
  EXPECT_EQ(figures.creatures, 10u);
  EXPECT_GT(figures.tick, 3u);
  EXPECT_NE(figures.hash, 0u);
}

TEST_F(SimulationTest, TellsAPlayerWhyAnActionWasRefused) {
  start(options());
  open(1, 7);
  read_until([&] { return snapshots > 0; });
  send_emotes(1, 5, {60'000, 1, 2});
  EXPECT_EQ(verdict_on(5), protocol::ActionVerdict::Unknown);
  EXPECT_EQ(verdict_on(6), protocol::ActionVerdict::Done);
  EXPECT_EQ(verdict_on(7), protocol::ActionVerdict::OnCooldown) << "of the one before";
}

TEST_F(SimulationTest, AnswersShovesAndThrowsAtOnce) {
  start(options());
  open(1, 7);
  read_until([&] { return snapshots > 0; });
  protocol::Inputs inputs;
  inputs.newest_frame = 1;
  inputs.frame_count = 1;
  inputs.action_count = 3;
  inputs.actions[0] = {.number = 5, .kind = protocol::ActionKind::Shove, .frame = 1};
  inputs.actions[1] = {.number = 6, .kind = protocol::ActionKind::Shove, .frame = 1};
  inputs.actions[2] = {
      .number = 7, .kind = protocol::ActionKind::Throw, .value = 0x3000, .frame = 1};
  std::array<std::byte, protocol::kInputsBytesMax> bytes;
  const std::size_t size = protocol::write_inputs(bytes, inputs);
  link.push_up({.session = {1}, .kind = UpKind::Inputs}, std::span(bytes).first(size));
  EXPECT_EQ(verdict_on(5), protocol::ActionVerdict::NobodyThere);
  EXPECT_EQ(verdict_on(6), protocol::ActionVerdict::OnCooldown);
  EXPECT_EQ(verdict_on(7), protocol::ActionVerdict::Done);
  EXPECT_TRUE(answered_at_once);
  EXPECT_EQ(simulation->figures().creatures, 10u) << "a stone is none";
}

TEST_F(SimulationTest, TellsAndSavesEveryoneWhenItStops) {
  start(options());
  open(1, 7);
  open(2, 8);
  read_until([&] { return messages.size() == 2; });
  EXPECT_TRUE(simulation->stop("See you tomorrow."));
  read_until([&] { return closed.size() == 2; });
  EXPECT_EQ(closed[1], CloseReason::ServerStopping);
  EXPECT_EQ(messages.back().disconnecting().text(), "See you tomorrow.");
  EXPECT_TRUE(saver.stored.at(7).leaving);
  EXPECT_TRUE(saver.stored.at(8).leaving);
  EXPECT_TRUE(simulation->stop("again")) << "a second stop is the first one's answer";
}

TEST_F(SimulationTest, WritesALogThatReplaysToTheSameHashes) {
  SimulationOptions recording = options();
  recording.log.record_file = folder.file("run.tlog");
  start(recording);
  open(1, 7);
  read_until([&] { return !messages.empty(); });
  send_emotes(1, 41, {1});
  read_until([&] { return !answers.empty(); });
  EXPECT_TRUE(simulation->stop(""));
  const TickNumber ticks = expect_replay(recording.log.record_file);
  EXPECT_EQ(ticks, simulation->figures().tick);
  EXPECT_EQ(simulation->figures().durable_tick, ticks);
}

TEST_F(SimulationTest, StartsNewSegmentsWithCheckpoints) {
  SimulationOptions small = options();
  small.log.segment_bytes_max = 2000;
  start(small);
  while (disk.list(small.log.folder)->size() < 3) give_way();
  EXPECT_TRUE(simulation->stop(""));
  const auto files = *disk.list(small.log.folder);
  auto file = log::MappedLog::open(files.back());
  auto reader = log::LogReader::open(file->bytes());
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_GT(reader->header().tick, 0u);
  EXPECT_FALSE(reader->checkpoint().empty());
}

TEST_F(SimulationTest, SaysWhenAnotherProcessOwnsTheZone) {
  SimulationOptions quick = options();
  quick.save_interval = 10;
  saver.refuse_saves = "epoch 3 is newer";
  saver.refuse_kind = ErrorKind::PermissionDenied;
  start(quick);
  open(1, 7);
  while (simulation->must_stop().empty()) give_way();
  EXPECT_NE(simulation->must_stop().find("epoch 3 is newer"), std::string::npos);
}

TEST_F(SimulationTest, SaysWhatCouldNotBeSavedWhenItStops) {
  SimulationOptions quick = options();
  quick.save_interval = 10;
  saver.refuse_saves = "the database is locked";
  start(quick);
  open(1, 7);
  while (simulation->figures().saves.failures == 0) give_way();
  const TickNumber then = simulation->figures().tick;
  while (simulation->figures().tick < then + 120) give_way();
  EXPECT_EQ(simulation->must_stop(), "") << "a database may come back";
  auto stopped = simulation->stop("");
  ASSERT_FALSE(stopped);
  EXPECT_NE(stopped.error().message.find("the database is locked"), std::string::npos);
}

TEST_F(SimulationTest, GoesOnWithoutItsLogOrStopsAsConfigured) {
  for (const bool stop : {false, true}) {
    FullDisk full;
    SimulationOptions chosen = options();
    chosen.stop_when_log_fails = stop;
    auto made = Simulation::create(chosen, zone::make_test_zone(), links, full, saves());
    ASSERT_TRUE(made);
    simulation = std::move(*made);
    simulation->start();
    while (!simulation->figures().log.failed) give_way();
    const TickNumber then = simulation->figures().tick;
    while (simulation->figures().tick < then + 120) give_way();
    EXPECT_EQ(simulation->must_stop().find("No space left") != std::string::npos, stop);
    EXPECT_FALSE(simulation->stop(""));
    simulation.reset();
  }
}

/// Knows one other zone, and lets everybody go there when told to.
struct OneWay final : Travel {
  void request(const TravelRequest& request, intake::Mailbox& zone) override {
    const std::lock_guard lock(mutex);
    asked.push_back(request);
    EXPECT_TRUE(zone.post(intake::TravelAnswer{request.session, refusal, {}}));
  }
  std::size_t count() {
    const std::lock_guard lock(mutex);
    return asked.size();
  }
  std::mutex mutex;
  std::string refusal;
  std::vector<TravelRequest> asked;
};

TEST_F(SimulationTest, LetsWhoWalksIntoAPortalGoAndNobodyWhoEntersInside) {
  ZoneDefinition zone = zone::make_test_zone();
  zone.areas.push_back({.name = "door",
                        .centre = {100, 104},
                        .half_size = {30, 2},
                        .low_m = -100,
                        .high_m = 100,
                        .leads_to = Portal{"cellar", "stairs"}});
  OneWay way;
  SimulationOptions chosen = options();
  chosen.travel = &way;
  start(chosen, zone);
  open(1, 7);
  read_until([&] { return snapshots > 0; });
  const TickNumber begun = simulation->figures().tick;
  while (way.count() == 0) {
    const TickNumber last = simulation->figures().tick;
    send_walk(1, static_cast<std::uint32_t>(last - begun + 1));
    read_until([&] { return simulation->figures().tick >= last + 3; });
  }
  read_until([&] { return closed.contains(1); });
  EXPECT_EQ(closed[1], CloseReason::Moved);
  ASSERT_EQ(way.count(), 1u);
  EXPECT_EQ(way.asked[0].to, (Portal{"cellar", "stairs"}));
  EXPECT_EQ(way.asked[0].character, CharacterId{7});
  EXPECT_GT(way.asked[0].from.position_m.z, 102);
  // It comes back before it is saved: into the area, where it left. That is no way in.
  open(2, 7);
  const TickNumber then = simulation->figures().tick;
  read_until([&] { return simulation->figures().tick > then + 120; });
  EXPECT_EQ(way.count(), 1u);
  EXPECT_FALSE(closed.contains(2));
}

TEST_F(SimulationTest, SlowsTheClockUnderOverloadTellsPlayersAndStaysReplayable) {
  SimulationOptions hard = options();
  hard.log.record_file = folder.file("run.tlog");
  hard.pacemaker.overload.enter_load = -1;  // every tick is too much
  hard.pacemaker.overload.leave_load = -2;
  hard.pacemaker.overload.enter_ticks = 20;
  start(hard);
  open(1, 7);
  read_until([&] { return !messages.empty() && messages.back().has_time_dilation(); });
  const TickNumber then = simulation->figures().tick;
  while (simulation->figures().tick < then + 2) give_way();  // one whole tick at the new level
  EXPECT_EQ(simulation->figures().ticks.overload_level_max, 5u) << "its window is on its own clock";
  open(2, 8);
  read_until([&] {
    return messages.back().has_time_dilation() && messages.back().time_dilation().permille() == 400;
  });
  EXPECT_TRUE(simulation->stop(""));
  expect_replay(hard.log.record_file);
}

TEST_F(SimulationTest, GoesOnLoggingWhenTheDiskHasRoomAgain) {
  FullDisk sometimes;
  sometimes.writes_refused = 2;
  SimulationOptions quick = options();
  quick.log.retry_interval = std::chrono::milliseconds(1);
  auto made = Simulation::create(quick, zone::make_test_zone(), links, sometimes, saves());
  ASSERT_TRUE(made);
  simulation = std::move(*made);
  simulation->start();
  while (simulation->figures().log.failures == 0) give_way();
  while (simulation->figures().log.failed) give_way();
  const TickNumber then = simulation->figures().tick;
  while (simulation->figures().durable_tick < then + 120) give_way();
  EXPECT_TRUE(simulation->stop(""));
}

TEST_F(SimulationTest, DoesNotStartWithoutAPlaceForItsLog) {
  SimulationOptions wrong = options();
  wrong.log.record_file = folder.path() + "/no/such/folder/run.tlog";
  auto made = Simulation::create(wrong, zone::make_test_zone(), links, disk, saves());
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().message.find("run.tlog"), std::string::npos);
}

TEST_F(SimulationTest, PublishesItsFigures) {
  platform::MetricsRegistry metrics;
  start(options());
  open(1, 7);
  while (simulation->figures().players == 0) give_way();
  const auto callbacks = simulation->publish(metrics);
  const std::string text = metrics.prometheus_text();
  for (const char* name : {"tessera_zone_players 1", "tessera_zone_creatures 10",
                           "tessera_zone_ticks_total", "tessera_zone_late_ticks_total",
                           "tessera_zone_log_failed 0", "tessera_zone_inputs_total"}) {
    EXPECT_NE(text.find(name), std::string::npos) << name << " is not in\n" << text;
  }
}

}  // namespace
}  // namespace tessera::tick
