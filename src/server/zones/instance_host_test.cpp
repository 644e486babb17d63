// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/zones/instance_host.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

#include "world/content/testing/zone_folder.h"
#include "world/log/log_storage.h"

namespace tessera::server {
namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;

class NoSaver final : public outbox::CharacterSaver {
 public:
  Result<std::vector<CharacterId>> save(std::span<const outbox::CharacterState>) override {
    return std::vector<CharacterId>{};
  }
};

/// The meadow lasts, the cellar beside it is an instance for two. The test plays the zone that asks
/// and the gateway that opens sessions.
class InstanceHostTest : public testing::Test {
 protected:
  InstanceHostTest() {
    const std::filesystem::path cellar = meadow.content() + "/zones/cellar";
    std::filesystem::copy(meadow.path, cellar);
    std::string yaml = content::meadow_with("zone: meadow", "zone: cellar\ninstance: true");
    yaml = content::replaced(yaml, "players_max: 100", "players_max: 2");
    EXPECT_TRUE(platform::write_text_file((cellar / "zone.yaml").string(), yaml));
  }
  void start(std::uint32_t instances_max = 2) {
    InstanceOptions options;
    options.lasting_zone_folder = meadow.path;
    options.instances_max = instances_max;
    options.now_ns = [this] { return now_ns.load(); };
    options.log_folder = folder.file("instances");
    options.simulation.zone = {.zone = 1, .seed = 5};
    options.simulation.epoch = 3;
    host.emplace(options, InstanceParts{directory, disk, saves});
    host->start(bell, bell);
  }
  /// What the zone is told about a character who wants to go.
  intake::TravelAnswer ask(std::uint64_t character, const std::string& zone) {
    host->request({.session = {character},
                   .character = {character},
                   .to = {zone, "stairs"},
                   .from = {{1, 2, 3}, 0}},
                  mailbox);
    std::vector<intake::Command> commands;
    while (commands.empty()) {
      mailbox.take(commands);
      std::this_thread::yield();
    }
    EXPECT_EQ(commands.size(), 1u);
    return std::get<intake::TravelAnswer>(commands.front());
  }
  /// It goes, and its client is about to enter again.
  Way go(std::uint64_t character, const std::string& zone) {
    const intake::TravelAnswer answer = ask(character, zone);
    EXPECT_EQ(answer.refusal, "");
    EXPECT_EQ(answer.session.value, character);
    if (answer.gone) answer.gone();
    return directory.way_of({character}, now_ns);
  }
  /// The host looks after its instances whenever it has answered.
  void look_twice() {
    ask(99, "attic");
    ask(99, "attic");
  }

  std::atomic<std::int64_t> now_ns{kSecond_ns};
  content::ZoneFolder meadow;
  platform::TempDirectory folder;
  log::DiskStorage disk;
  NoSaver saver;
  outbox::SaveQueue saves{{}, saver};
  cluster::Doorbell bell;
  std::shared_ptr<ZoneLinks> lasting = std::make_shared<ZoneLinks>();
  ZoneDirectory directory{lasting};
  intake::Mailbox mailbox;
  std::optional<InstanceHost> host;
};

TEST_F(InstanceHostTest, MakesAnInstanceForTheFirstAndAnotherWhenItIsFull) {
  start();
  const Way first = go(7, "cellar");
  EXPECT_NE(first.zone, lasting);
  EXPECT_EQ(first.arrival, "stairs");
  EXPECT_EQ(first.return_place, (cluster::Place{{1, 2, 3}, 0}));
  EXPECT_EQ(go(8, "cellar").zone, first.zone);
  const Way other = go(9, "cellar");
  EXPECT_NE(other.zone, first.zone);
  EXPECT_NE(other.zone, lasting);
  EXPECT_EQ(host->instances(), 2u);
  EXPECT_EQ(go(7, "meadow").zone, lasting);
  EXPECT_EQ(go(10, "cellar").zone, first.zone) << "a seat is free again";
  EXPECT_TRUE(std::filesystem::exists(folder.file("instances") + "/1"));
  EXPECT_TRUE(host->stop("The end."));
  EXPECT_EQ(host->instances(), 0u);
}

TEST_F(InstanceHostTest, AnInstanceIsAZoneThatPlayersPlayIn) {
  start();
  const Way way = go(7, "cellar");
  cluster::OpenedSession opened;
  opened.account = {1};
  opened.character = {7};
  opened.name = FixedString<cluster::kOpenedNameBytesMax>("Anna");
  std::array<std::byte, cluster::kOpenedSessionBytesMax> bytes;
  way.zone->udp.push_up({.session = {1}, .kind = cluster::UpKind::SessionOpened},
                        cluster::encode(opened, bytes));
  while (host->players() == 0) std::this_thread::yield();
  EXPECT_EQ(host->players(), 1u);
  EXPECT_EQ(host->must_stop(), "");
  EXPECT_EQ(host->post_to_all([] { return intake::Announce{"Hear, hear."}; }), 1u);
  EXPECT_TRUE(host->stop("The end."));
  std::optional<cluster::CloseReason> closed;
  way.zone->udp.drain_down([&](const cluster::DownHeader& header, std::span<const std::byte>) {
    if (header.kind != cluster::DownKind::Disconnect) return;
    closed = static_cast<cluster::CloseReason>(header.number);
  });
  EXPECT_EQ(closed, cluster::CloseReason::ServerStopping);
}

TEST_F(InstanceHostTest, ClosesTheWayWhenThereAreTooManyAndWhenContentIsMissingOrNoInstance) {
  std::filesystem::copy(meadow.path, meadow.content() + "/zones/hall");
  EXPECT_TRUE(platform::write_text_file(meadow.content() + "/zones/hall/zone.yaml",
                                        content::meadow_with("zone: meadow", "zone: hall")));
  start(2);
  go(7, "cellar");
  EXPECT_NE(ask(9, "attic").refusal.find("closed"), std::string::npos);
  EXPECT_EQ(directory.way_of({9}, 0).zone, lasting);
  EXPECT_NE(ask(9, "hall").refusal.find("closed"), std::string::npos) << "no instance";
  for (std::uint64_t character = 11; character < 14; ++character) go(character, "cellar");
  EXPECT_NE(ask(9, "cellar").refusal.find("Too many"), std::string::npos);
  platform::MetricsRegistry metrics;
  const auto callbacks = host->publish(metrics);
  const std::string text = metrics.prometheus_text();
  for (const char* line : {"tessera_instances 2", "tessera_instance_players 0",
                           "tessera_instances_made_total 2", "tessera_travel_refused_total 3"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << " is not in\n" << text;
  }
}

TEST_F(InstanceHostTest, LeadsFromOneInstanceIntoTheNextAndKeepsTheWayHome) {
  start();
  std::filesystem::copy(meadow.content() + "/zones/cellar", meadow.content() + "/zones/crypt");
  std::string yaml = content::meadow_with("zone: meadow", "zone: crypt\ninstance: true");
  EXPECT_TRUE(platform::write_text_file(meadow.content() + "/zones/crypt/zone.yaml", yaml));
  go(7, "cellar");
  host->request(
      {.session = {7}, .character = {7}, .to = {"crypt", "stairs"}, .from = {{9, 9, 9}, 0}},
      mailbox);
  std::vector<intake::Command> commands;
  while (commands.empty()) {
    mailbox.take(commands);
    std::this_thread::yield();
  }
  std::get<intake::TravelAnswer>(commands.front()).gone();
  EXPECT_EQ(directory.way_of({7}, 0).return_place, (cluster::Place{{1, 2, 3}, 0}))
      << "places of the cellar mean nothing in the meadow";
}

TEST_F(InstanceHostTest, EndsAnInstanceThatIsEmptyButNotWhenSomebodyIsOnTheWayToIt) {
  start();
  std::optional<Way> way = go(7, "cellar");
  now_ns += 61 * kSecond_ns;
  look_twice();
  EXPECT_EQ(host->instances(), 1u) << "a session opens";
  way.reset();
  now_ns += 59 * kSecond_ns;
  look_twice();
  EXPECT_EQ(host->instances(), 0u) << "nobody was in it all the time";
  EXPECT_EQ(directory.way_of({7}, now_ns).zone, lasting);
}

}  // namespace
}  // namespace tessera::server
