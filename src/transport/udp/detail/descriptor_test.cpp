// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/udp/detail/descriptor.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "transport/udp/socket.h"

namespace tessera::udp::detail {
namespace {

TEST(SystemError, SaysWhatToDoAboutIt) {
  struct Case {
    int number;
    ErrorKind kind;
    std::string message;
  };
  for (const Case& one : {
           Case{EADDRINUSE, ErrorKind::AlreadyExists,
                "cannot bind 127.0.0.1:7: Address already in use; another program has this port: "
                "stop it or choose another port"},
           Case{EACCES, ErrorKind::PermissionDenied,
                "cannot bind 127.0.0.1:7: Permission denied; ports below 1024 need root"},
           Case{EPERM, ErrorKind::PermissionDenied,
                "cannot bind 127.0.0.1:7: Operation not permitted; ports below 1024 need root"},
           Case{EADDRNOTAVAIL, ErrorKind::InvalidArgument,
                "cannot bind 127.0.0.1:7: Cannot assign requested address; no network interface "
                "of this machine has this address"},
           Case{EMFILE, ErrorKind::ResourceExhausted,
                "cannot bind 127.0.0.1:7: Too many open files; raise the limit of open files "
                "(ulimit -n)"},
           Case{ENOMEM, ErrorKind::Unavailable, "cannot bind 127.0.0.1:7: Cannot allocate memory"},
       }) {
    const Error error = system_error(one.number, "cannot bind", Address::loopback(7));
    EXPECT_EQ(error.kind, one.kind) << one.message;
    EXPECT_EQ(error.message, one.message);
  }
}

TEST(OpenUdp, NeedsAnAddress) {
  const auto opened = open_udp(Address{}, {});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::InvalidArgument);
}

TEST(UdpSocket, SaysThatThisMachineHasNoSuchAddress) {
  const auto socket = Socket::open({.bind = Address::v4(192, 0, 2, 1, 0)});  // for documents only
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().kind, ErrorKind::InvalidArgument);
  EXPECT_NE(socket.error().message.find("192.0.2.1:0"), std::string::npos);
}

}  // namespace
}  // namespace tessera::udp::detail
