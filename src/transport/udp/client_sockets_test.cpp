// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/udp/client_sockets.h"

#include <gtest/gtest.h>

#include "transport/udp/socket.h"
#include "transport/udp/waiter.h"

namespace tessera::udp {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::int64_t kWaitMaxUs = 5'000'000;

/// Run with io_uring and without.
class ClientSocketsTest : public ::testing::TestWithParam<bool> {
 protected:
  ClientSockets open(std::uint32_t count_max) {
    auto sockets = ClientSockets::open({.count_max = count_max, .use_io_uring = GetParam()});
    EXPECT_TRUE(sockets.has_value());
    return std::move(*sockets);
  }
  Socket server_ = Socket::open({.bind = Address::loopback(0)}).value();
};

TEST_P(ClientSocketsTest, CarriesManyConversationsAtOnce) {
  constexpr std::uint32_t kCount = 400;
  ClientSockets clients = open(kCount);
  if (GetParam() && !clients.uses_io_uring()) GTEST_SKIP() << "the kernel forbids io_uring here";
  for (std::uint32_t i = 0; i < kCount; ++i) {
    ASSERT_EQ(clients.add(server_.local_address()).value(), i);
  }
  Waiter waiter = Waiter::open().value();
  ASSERT_TRUE(waiter.watch(server_.descriptor()).has_value());
  for (int round = 0; round < 5; ++round) {
    for (std::uint32_t i = 0; i < kCount; ++i) {
      clients.queue(i, Bytes(1 + i, static_cast<std::byte>(i)));
    }
    clients.flush();
    std::size_t echoed = 0;
    while (echoed < kCount && waiter.wait(kWaitMaxUs)) {
      for (const Datagram& datagram : server_.receive()) {
        server_.queue_copy(datagram.from, datagram.bytes);
        ++echoed;
      }
    }
    server_.flush();
    std::vector<int> heard(kCount);
    for (std::uint32_t total = 0; total < kCount;) {
      const auto datagrams = clients.receive(kWaitMaxUs);
      ASSERT_FALSE(datagrams.empty());
      for (const ClientDatagram& datagram : datagrams) {
        ASSERT_EQ(Bytes(datagram.bytes.begin(), datagram.bytes.end()),
                  Bytes(1 + datagram.socket, static_cast<std::byte>(datagram.socket)));
        ++heard[datagram.socket];
        ++total;
      }
    }
    EXPECT_EQ(heard, std::vector<int>(kCount, 1));
  }
  EXPECT_EQ(clients.counters().datagrams_in, 5u * kCount);
  EXPECT_EQ(clients.counters().send_errors, 0u);
}

TEST_P(ClientSocketsTest, HasAnAddressForEachSocket) {
  ClientSockets clients = open(2);
  ASSERT_TRUE(clients.add(server_.local_address()).has_value());
  ASSERT_TRUE(clients.add(server_.local_address()).has_value());
  EXPECT_EQ(clients.count(), 2u);
  EXPECT_NE(clients.local_address(0), clients.local_address(1));
}

TEST_P(ClientSocketsTest, ReturnsNothingWhenNothingComes) {
  ClientSockets clients = open(1);
  ASSERT_TRUE(clients.add(server_.local_address()).has_value());
  EXPECT_TRUE(clients.receive(0).empty());
  EXPECT_TRUE(clients.receive(1'000).empty());
}

TEST_P(ClientSocketsTest, SaysWhenAllAreInUseOrTheAddressIsNone) {
  ClientSockets clients = open(1);
  EXPECT_EQ(clients.add(Address{}).error().kind, ErrorKind::InvalidArgument);
  ASSERT_TRUE(clients.add(server_.local_address()).has_value());
  const auto second = clients.add(server_.local_address());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().message, "all 1 client sockets are in use");
}

TEST_P(ClientSocketsTest, GoesOnAfterAServerThatDoesNotListen) {
  Address nobody;
  {
    Socket closed = Socket::open({.bind = Address::loopback(0)}).value();
    nobody = closed.local_address();
  }
  ClientSockets clients = open(2);
  ASSERT_TRUE(clients.add(nobody).has_value());
  clients.receive(0);
  for (int i = 0; i < 4; ++i) {
    clients.queue(0, Bytes(8));
    clients.receive(0);
  }
  Socket back = Socket::open({.bind = nobody}).value();
  clients.queue(0, Bytes(8));
  clients.receive(0);
  clients.queue(0, Bytes(9));  // the first may have met the old refusal
  clients.flush();
  Waiter waiter = Waiter::open().value();
  ASSERT_TRUE(waiter.watch(back.descriptor()).has_value());
  ASSERT_TRUE(waiter.wait(kWaitMaxUs));
  Address from;
  for (const Datagram& datagram : back.receive()) from = datagram.from;
  EXPECT_EQ(from, clients.local_address(0));
  back.queue_copy(from, Bytes(3));
  back.flush();
  EXPECT_GE(clients.counters().receive_errors + clients.counters().send_errors, 1u);
  std::size_t heard = 0;
  for (int i = 0; i < 10 && heard == 0; ++i) heard += clients.receive(kWaitMaxUs / 10).size();
  EXPECT_EQ(heard, 1u);
}

INSTANTIATE_TEST_SUITE_P(Ways, ClientSocketsTest, ::testing::Bool(), [](const auto& way) {
  return way.param ? std::string("IoUring") : std::string("Epoll");
});

}  // namespace
}  // namespace tessera::udp
