// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Connections that begin and do not go on: handshakes without a response, HTTP requests that never
// end. Each holds something of the server, and each must end by itself.
#include "abuse_scenario.h"
#include "transport/udp/client_sockets.h"
#include "transport/websocket/testing/tcp_client.h"

namespace tessera::scenarios {
namespace {

using websocket::TcpClient;

class HangingConnections : public AbuseScenario {};

TEST_F(HangingConnections, EndByThemselvesWhileOthersPlay) {
  constexpr std::uint32_t kHalfOpen = 200;
  auto sockets = udp::ClientSockets::open({.count_max = kHalfOpen}).value();
  for (const auto& token : shard().connect_tokens(0, kHalfOpen)) {
    const std::uint32_t socket = sockets.add(shard().udp()).value();
    sockets.queue(socket, request_of(token));
  }
  sockets.flush();
  std::vector<TcpClient> slow;
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(slow.emplace_back(shard().http_port()).send_all("POST /api/v1/login HTTP/1.1\r\n"));
    EXPECT_TRUE(slow.emplace_back(shard().http_port())
                    .send_all("POST /api/v1/login HTTP/1.1\r\nContent-Type: application/json\r\n"
                              "Content-Length: 100\r\n\r\n{\"name\":"));
  }
  const auto half_open = [] {
    return shard().metric("tessera_gateway_handshakes{transport=\"udp\"}");
  };
  EXPECT_TRUE(until([&] { return half_open() == kHalfOpen; }));
  enter(1).leave();
  EXPECT_TRUE(until([&] { return half_open() == 0; })) << "a handshake may take ten seconds";
  for (TcpClient& client : slow) {
    const auto answer = client.receive_http();
    EXPECT_EQ(answer.status, 408);
    EXPECT_NE(answer.body.find("took too long"), std::string::npos) << answer.body;
  }
}

}  // namespace
}  // namespace tessera::scenarios
