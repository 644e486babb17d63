// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/sockets/bot_sockets.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>

#include "transport/udp/socket.h"
#include "transport/udp/waiter.h"

namespace tessera::bots {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::int64_t kWaitMaxUs = 5'000'000;

Bytes bytes_of(std::size_t size, std::size_t value) {
  return Bytes(size, static_cast<std::byte>(value));
}

/// A server on a port of its own that knows whom it heard.
class Echo {
 public:
  Echo() { EXPECT_TRUE(waiter_.watch(socket_.descriptor())); }
  udp::Address address() const { return socket_.local_address(); }

  /// Takes `count` datagrams, or what comes until nothing has come for 5 s.
  std::map<udp::Address, std::vector<Bytes>> take(std::size_t count) {
    std::map<udp::Address, std::vector<Bytes>> heard;
    for (std::size_t taken = 0; taken < count && waiter_.wait(kWaitMaxUs);) {
      for (const udp::Datagram& datagram : socket_.receive()) {
        heard[datagram.from].emplace_back(datagram.bytes.begin(), datagram.bytes.end());
        ++taken;
      }
    }
    return heard;
  }
  void send(const udp::Address& to, const Bytes& bytes) {
    socket_.queue_copy(to, bytes);
    socket_.flush();
  }

 private:
  udp::Socket socket_ = udp::Socket::open({.bind = udp::Address::loopback(0)}).value();
  udp::Waiter waiter_ = udp::Waiter::open().value();
};

/// What `sockets` hands over, by bot: `count` datagrams, or fewer when nothing comes for 5 s.
std::map<std::size_t, std::vector<Bytes>> receive(BotSockets& sockets, std::size_t count) {
  std::map<std::size_t, std::vector<Bytes>> heard;
  for (std::size_t taken = 0; taken < count;) {
    const std::size_t before = taken;
    sockets.receive(kWaitMaxUs, [&](std::size_t bot, std::span<std::byte> datagram) {
      heard[bot].emplace_back(datagram.begin(), datagram.end());
      ++taken;
    });
    if (taken == before) break;
  }
  return heard;
}

/// Lets the process open `more` files while it lives.
class FewFiles {
 public:
  explicit FewFiles(rlim_t more) {
    const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::close(next);
    EXPECT_EQ(::getrlimit(RLIMIT_NOFILE, &before_), 0);
    const rlimit few{static_cast<rlim_t>(next) + more, before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  }
  FewFiles(const FewFiles&) = delete;
  FewFiles& operator=(const FewFiles&) = delete;
  ~FewFiles() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

/// Run with a socket for each bot and with shared ones.
class BotSocketsTest : public ::testing::TestWithParam<bool> {
 protected:
  std::unique_ptr<BotSockets> open(std::size_t bots) {
    auto sockets = GetParam() ? open_shared_sockets(bots) : open_own_sockets(bots);
    EXPECT_TRUE(sockets);
    return std::move(*sockets);
  }
  Echo server_;
};

TEST_P(BotSocketsTest, GivesEveryBotAnAddressAndItsOwnAnswers) {
  constexpr std::size_t kBots = 130;  // more than two shared sockets take
  auto sockets = open(kBots);
  for (std::size_t bot = 0; bot < kBots; ++bot) {
    ASSERT_TRUE(sockets->connect(bot, {.udp = server_.address()}));
    sockets->send(bot, bytes_of(1 + bot, bot));
  }
  sockets->flush();
  const auto heard = server_.take(kBots);
  ASSERT_EQ(heard.size(), kBots);
  for (const auto& [from, datagrams] : heard) server_.send(from, datagrams.front());

  const auto answers = receive(*sockets, kBots);
  ASSERT_EQ(answers.size(), kBots);
  for (std::size_t bot = 0; bot < kBots; ++bot) {
    EXPECT_EQ(answers.at(bot), std::vector<Bytes>{bytes_of(1 + bot, bot)});
  }
}

TEST_P(BotSocketsTest, KeepsABotsAddressFromDatagramToDatagram) {
  auto sockets = open(2);
  ASSERT_TRUE(sockets->connect(1, {.udp = server_.address()}));
  sockets->send(1, bytes_of(10, 1));
  sockets->flush();
  const auto first = server_.take(1);
  sockets->send(1, bytes_of(20, 2));
  sockets->flush();
  const auto second = server_.take(1);
  ASSERT_EQ(first.size(), 1u);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(first.begin()->first, second.begin()->first);
}

TEST_P(BotSocketsTest, SendsABatchThatIsFullWithoutAFlush) {
  constexpr std::size_t kDatagrams = 1500;  // more than either queue takes
  auto sockets = open(1);
  ASSERT_TRUE(sockets->connect(0, {.udp = server_.address()}));
  for (std::size_t i = 0; i < kDatagrams; ++i) sockets->send(0, bytes_of(8, i));
  const auto heard = server_.take(1);
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard.begin()->second.front(), bytes_of(8, 0));
}

TEST_P(BotSocketsTest, HandsOverNothingWhenNothingComes) {
  auto sockets = open(2);
  ASSERT_TRUE(sockets->connect(0, {.udp = server_.address()}));
  int calls = 0;
  sockets->receive(0, [&](std::size_t, std::span<std::byte>) { ++calls; });
  sockets->receive(1'000, [&](std::size_t, std::span<std::byte>) { ++calls; });
  EXPECT_EQ(calls, 0);
}

TEST_P(BotSocketsTest, LetsTheHandlerChangeTheBytes) {
  auto sockets = open(1);
  ASSERT_TRUE(sockets->connect(0, {.udp = server_.address()}));
  sockets->send(0, bytes_of(4, 7));
  sockets->flush();
  const auto heard = server_.take(1);
  ASSERT_EQ(heard.size(), 1u);
  for (int round = 0; round < 2; ++round) server_.send(heard.begin()->first, bytes_of(4, 7));
  std::size_t taken = 0;
  for (int wait = 0; wait < 10 && taken < 2; ++wait) {
    sockets->receive(kWaitMaxUs / 10, [&](std::size_t, std::span<std::byte> datagram) {
      EXPECT_EQ(Bytes(datagram.begin(), datagram.end()), bytes_of(4, 7)) << "not the last one's";
      std::ranges::fill(datagram, std::byte{0xff});
      ++taken;
    });
  }
  EXPECT_EQ(taken, 2u);
}

INSTANTIATE_TEST_SUITE_P(Ways, BotSocketsTest, ::testing::Bool(), [](const auto& way) {
  return way.param ? std::string("Shared") : std::string("OneEach");
});

TEST(SharedSockets, SpeakFromOneAddressOfThisMachineForEachBot) {
  Echo server;
  auto sockets = open_shared_sockets(300).value();
  for (const std::size_t bot : {std::size_t{0}, std::size_t{1}, std::size_t{299}}) {
    ASSERT_TRUE(sockets->connect(bot, {.udp = server.address()}));
    sockets->send(bot, bytes_of(1, bot));
  }
  sockets->flush();
  std::set<std::string> hosts;
  for (const auto& [from, datagrams] : server.take(3)) {
    hosts.insert(from.text().substr(0, from.text().rfind(':')));
  }
  EXPECT_EQ(hosts, (std::set<std::string>{"127.1.0.1", "127.1.0.2", "127.1.1.44"}));
}

TEST(SharedSockets, RefuseAServerThatIsNotOnThisMachine) {
  auto sockets = open_shared_sockets(1).value();
  for (const char* server : {"192.0.2.1:7777", "[::1]:7777"}) {
    const auto connected = sockets->connect(0, {.udp = *udp::Address::parse(server)});
    ASSERT_FALSE(connected) << server;
    EXPECT_EQ(connected.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(connected.error().message,
              std::string("--share-sockets needs a server on this machine, not ") + server);
  }
}

TEST(SharedSockets, DropWhatIsForNoBotOfTheFleet) {
  Echo server;
  auto sockets = open_shared_sockets(1).value();
  ASSERT_TRUE(sockets->connect(0, {.udp = server.address()}));
  sockets->send(0, bytes_of(1, 1));
  sockets->flush();
  const auto heard = server.take(1);
  ASSERT_EQ(heard.size(), 1u);
  const std::uint16_t port = heard.begin()->first.port;
  server.send(udp::Address::v4(127, 1, 0, 2, port), bytes_of(2, 2));  // the bot after the last
  server.send(udp::Address::v4(127, 0, 0, 1, port), bytes_of(3, 3));  // below the first
  server.send(heard.begin()->first, bytes_of(4, 4));
  EXPECT_EQ(receive(*sockets, 1),
            (std::map<std::size_t, std::vector<Bytes>>{{0, {bytes_of(4, 4)}}}));
}

TEST(OwnSockets, ReturnFromAFloodAndTakeUpTheRestLater) {
  constexpr std::size_t kBots = 70;
  constexpr std::size_t kEach = 64;  // the kernel keeps them for every bot
  Echo server;
  auto sockets = open_own_sockets(kBots).value();
  for (std::size_t bot = 0; bot < kBots; ++bot) {
    ASSERT_TRUE(sockets->connect(bot, {.udp = server.address()}));
    sockets->send(bot, bytes_of(1, bot));
  }
  sockets->flush();
  const auto heard = server.take(kBots);
  ASSERT_EQ(heard.size(), kBots);
  for (const auto& [from, datagrams] : heard) {
    for (std::size_t i = 0; i < kEach; ++i) server.send(from, bytes_of(1, i));
  }
  std::size_t first = 0;
  sockets->receive(kWaitMaxUs, [&](std::size_t, std::span<std::byte>) { ++first; });
  EXPECT_LT(first, kBots * kEach);
  std::size_t rest = 0;
  for (const auto& [bot, datagrams] : receive(*sockets, kBots * kEach - first)) {
    rest += datagrams.size();
  }
  EXPECT_EQ(first + rest, kBots * kEach);
}

TEST(SharedSockets, SayThatTheLimitOfOpenFilesIsTooLow) {
  const FewFiles limit(3);  // the epoll and two sockets
  EXPECT_TRUE(open_shared_sockets(128));
  const auto sockets = open_shared_sockets(129);
  ASSERT_FALSE(sockets);
  EXPECT_EQ(sockets.error().kind, ErrorKind::ResourceExhausted);
  EXPECT_EQ(sockets.error().message,
            "no shared socket: Too many open files; raise the limit of open files (ulimit -n)");
}

TEST(OwnSockets, SayThatTheLimitOfOpenFilesIsTooLow) {
  Echo server;
  auto sockets = open_own_sockets(3).value();
  const FewFiles limit(2);
  EXPECT_TRUE(sockets->connect(0, {.udp = server.address()}));
  EXPECT_TRUE(sockets->connect(1, {.udp = server.address()}));
  const auto third = sockets->connect(2, {.udp = server.address()});
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().kind, ErrorKind::ResourceExhausted);
  EXPECT_TRUE(third.error().message.ends_with("raise the limit of open files (ulimit -n)"))
      << third.error().message;
}

TEST(OwnSockets, SayWhenTheFleetHasMoreBotsThanSockets) {
  Echo server;
  auto sockets = open_own_sockets(1).value();
  ASSERT_TRUE(sockets->connect(0, {.udp = server.address()}));
  const auto second = sockets->connect(0, {.udp = server.address()});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::ResourceExhausted);
}

}  // namespace
}  // namespace tessera::bots
