// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/udp/socket.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "transport/udp/waiter.h"

namespace tessera::udp {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::int64_t kWaitMaxUs = 5'000'000;

Socket open(const Address& address) {
  auto socket = Socket::open(
      {.bind = address, .receive_buffer_bytes = 1 << 20, .send_buffer_bytes = 1 << 20});
  EXPECT_TRUE(socket.has_value()) << socket.error().message;
  return std::move(*socket);
}

/// Reads `count` datagrams; gives up when none comes for long.
std::vector<std::pair<Address, Bytes>> read_some(Socket& socket, std::size_t count) {
  Waiter waiter = Waiter::open().value();
  EXPECT_TRUE(waiter.watch(socket.descriptor()).has_value());
  std::vector<std::pair<Address, Bytes>> result;
  while (result.size() < count && waiter.wait(kWaitMaxUs)) {
    for (const Datagram& datagram : socket.receive()) {
      result.emplace_back(datagram.from, Bytes(datagram.bytes.begin(), datagram.bytes.end()));
    }
  }
  return result;
}

TEST(UdpSocket, SendsAndReceivesInBatches) {
  Socket a = open(Address::loopback(0));
  Socket b = open(Address::loopback(0));
  for (std::size_t i = 0; i < 150; ++i) {
    const auto buffer = a.next_buffer();
    ASSERT_EQ(buffer.size(), kDatagramBytesMax);
    std::ranges::fill(buffer.subspan(9, 100 + i), static_cast<std::byte>(i));
    a.queue(b.local_address(), buffer.subspan(9, 100 + i));
  }
  a.flush();
  const auto received = read_some(b, 150);
  ASSERT_EQ(received.size(), 150u);
  for (std::size_t i = 0; i < 150; ++i) {
    EXPECT_EQ(received[i].first, a.local_address());
    EXPECT_EQ(received[i].second, Bytes(100 + i, static_cast<std::byte>(i)));
  }
  EXPECT_EQ(a.counters().datagrams_out, 150u);
  EXPECT_EQ(a.counters().send_calls, 3u);
  EXPECT_EQ(b.counters().datagrams_in, 150u);
  EXPECT_EQ(b.counters().bytes_in, a.counters().bytes_out);
  EXPECT_EQ(b.counters().receive_overflows, 0u);
  EXPECT_TRUE(b.receive().empty());
}

TEST(UdpSocket, AnswersBySendingACopy) {
  Socket a = open(Address::loopback(0));
  Socket b = open(Address::loopback(0));
  a.queue_copy(b.local_address(), Bytes(3, std::byte{7}));
  a.flush();
  const auto received = read_some(b, 1);
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].second, Bytes(3, std::byte{7}));
}

TEST(UdpSocket, SpeaksIpv6AndHearsIpv4OnTheSamePort) {
  auto dual = Socket::open({.bind = Address::v6({}, 0)});
  if (!dual) GTEST_SKIP() << "no IPv6 here: " << dual.error().message;
  const std::uint16_t port = dual->local_address().port;
  Socket v4 = open(Address::loopback(0));
  v4.queue_copy(Address::loopback(port), Bytes(1, std::byte{4}));
  v4.flush();
  auto received = read_some(*dual, 1);
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].first, v4.local_address());
  dual->queue_copy(v4.local_address(), Bytes(1, std::byte{6}));
  dual->flush();
  EXPECT_EQ(read_some(v4, 1).size(), 1u);

  const Address loopback6 = Address::parse("[::1]:0").value();
  auto v6 = Socket::open({.bind = loopback6});
  if (!v6) GTEST_SKIP() << "no IPv6 loopback here: " << v6.error().message;
  v6->queue_copy(Address::v6(loopback6.ip, port), Bytes(1, std::byte{6}));
  v6->flush();
  received = read_some(*dual, 1);
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].first, v6->local_address());
}

TEST(UdpSocket, DropsAndCountsADatagramThatIsTooLong) {
  Socket a = open(Address::loopback(0));
  Socket b = open(Address::loopback(0));
  // Two ordinary sockets cannot send more than a buffer, so a plain one does.
  const int plain = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(b.local_address().port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const Bytes large(kDatagramBytesMax + 1);
  ASSERT_GT(
      sendto(plain, large.data(), large.size(), 0, reinterpret_cast<sockaddr*>(&to), sizeof(to)),
      0);
  close(plain);
  a.queue_copy(b.local_address(), Bytes(5));
  a.flush();
  const auto received = read_some(b, 1);
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].second.size(), 5u);
  EXPECT_EQ(b.counters().oversized_in, 1u);
}

TEST(UdpSocket, CountsWhatTheKernelDropsWhenNobodyReads) {
  Socket a = open(Address::loopback(0));
  auto b = Socket::open({.bind = Address::loopback(0), .receive_buffer_bytes = 4096});
  ASSERT_TRUE(b.has_value());
  for (int i = 0; i < 1000; ++i) a.queue_copy(b->local_address(), Bytes(1000));
  a.flush();
  EXPECT_GT(b->counters().receive_overflows, 500u);
}

TEST(UdpSocket, GoesOnAfterADatagramThatTheKernelRefuses) {
  Socket a = open(Address::loopback(0));
  Socket b = open(Address::loopback(0));
  a.queue_copy(Address::loopback(0), Bytes(1));  // port 0: EINVAL
  a.queue_copy(Address::v6({1}, 9), Bytes(1));   // an IPv4 socket cannot reach it
  a.queue_copy(b.local_address(), Bytes(1));
  a.flush();
  EXPECT_EQ(read_some(b, 1).size(), 1u);
  EXPECT_EQ(a.counters().send_errors, 2u);
}

TEST(UdpSocket, SaysWhatToDoWhenThePortIsTaken) {
  Socket first = open(Address::loopback(0));
  const auto second = Socket::open({.bind = first.local_address()});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, ErrorKind::AlreadyExists);
  EXPECT_NE(second.error().message.find(first.local_address().text()), std::string::npos);
  EXPECT_NE(second.error().message.find("another port"), std::string::npos);
}

TEST(UdpSocket, SaysWhatIsWrongWithAnAddressThatIsNotOurs) {
  const auto foreign = Socket::open({.bind = Address::v4(192, 0, 2, 1, 0)});
  ASSERT_FALSE(foreign.has_value());
  EXPECT_EQ(foreign.error().kind, ErrorKind::InvalidArgument);
  EXPECT_FALSE(Socket::open({.bind = Address{}}).has_value());
}

TEST(UdpSocketDeathTest, AssertsWhenQueuedBytesAreNotItsOwn) {
  Socket socket = open(Address::loopback(0));
  const Bytes elsewhere(4);
  EXPECT_DEATH(socket.queue(Address::loopback(9), elsewhere), "not a part of next_buffer");
  EXPECT_DEATH(socket.queue_copy(Address::loopback(9), Bytes(kDatagramBytesMax + 1)), "too large");
}

TEST(Waiter, IsWokenByAnotherThread) {
  Waiter waiter = Waiter::open().value();
  std::thread other([&] { waiter.wake(); });
  EXPECT_FALSE(waiter.wait(kWaitMaxUs));
  other.join();
  EXPECT_FALSE(waiter.wait(0));
}

TEST(Waiter, RemembersAWakeThatCameBefore) {
  Waiter waiter = Waiter::open().value();
  waiter.wake();
  waiter.wake();
  EXPECT_FALSE(waiter.wait(-1));
  Waiter moved = std::move(waiter);
  waiter = std::move(moved);
  EXPECT_FALSE(waiter.wait(1));
}

TEST(Waiter, RefusesADescriptorThatIsNone) {
  Waiter waiter = Waiter::open().value();
  EXPECT_NE(waiter.watch(-1).error().message.find("cannot watch"), std::string::npos);
}

}  // namespace
}  // namespace tessera::udp
