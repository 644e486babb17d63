// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/enrolment/http_client.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "tools/bots/enrolment/testing/fake_gateway.h"

namespace tessera::bots {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A port that accepts one connection for each of `answers`, reads a request, writes the answer,
/// whatever it is, and closes. Without answers it only listens: connections wait for ever.
class RudeServer {
 public:
  explicit RudeServer(std::vector<std::string> answers)
      : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(listener_, 8), 0);
    EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, answers = std::move(answers)] {
      for (const std::string& answer : answers) serve(answer);
    });
  }
  RudeServer(const RudeServer&) = delete;
  RudeServer& operator=(const RudeServer&) = delete;
  ~RudeServer() {
    ::shutdown(listener_, SHUT_RDWR);  // ends an accept() that nobody came for
    thread_.join();
    ::close(listener_);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  void serve(const std::string& answer) const {
    const int peer = ::accept(listener_, nullptr, nullptr);
    if (peer < 0) return;
    std::string request;
    char buffer[4096];
    ssize_t got = 1;
    while (got > 0 && request.find("\r\n\r\n") == std::string::npos) {
      got = ::recv(peer, buffer, sizeof buffer, 0);
      if (got > 0) request.append(buffer, static_cast<std::size_t>(got));
    }
    EXPECT_EQ(::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(answer.size()));
    ::close(peer);
  }

  int listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

HttpClient client_of(const std::string& url) { return HttpClient::to(url).value(); }

const std::string kFine = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";

TEST(HttpClient, SendsPathsBodiesAndBearers) {
  FakeGateway gateway;
  gateway.answer("POST /a", 201, "made");
  auto client = client_of(gateway.url() + "/ignored/path");
  const auto made = client.post("/a", R"({"x":1})", "token");
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->status, 201);
  EXPECT_EQ(made->body, "made");
  EXPECT_EQ(client.get("/b")->status, 404);
  EXPECT_EQ(client.post("/c", "")->status, 404);
  EXPECT_THAT(gateway.asked(),
              ElementsAre(R"(POST /a {"x":1} Bearer token)", "GET /b", "POST /c {}"));
}

TEST(HttpClient, RefusesWhatIsNoServer) {
  for (const char* url : {"", "localhost", "https://localhost:1", "http://", "http://localhost",
                          "http://:80", "http://localhost:", "http:///path:1"}) {
    const auto client = HttpClient::to(url);
    ASSERT_FALSE(client) << url;
    EXPECT_EQ(client.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(client.error().message,
              std::string("'") + url + "' is not a server: expected http://HOST:PORT");
  }
}

TEST(HttpClient, NamesAPortThatDoesNotExist) {
  const auto answer = client_of("http://127.0.0.1:no-such-port").get("/x");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Unavailable);
  EXPECT_THAT(answer.error().message,
              HasSubstr("http://127.0.0.1:no-such-port/x does not answer: "));
}

TEST(HttpClient, ConnectsAgainAfterTheServerClosed) {
  RudeServer server({kFine, kFine});
  auto client = client_of(server.url());
  for (int call = 0; call < 2; ++call) {
    const auto answer = client.get("/");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "fine");
  }
}

TEST(HttpClient, ConnectsAnewWhenTheServerSaidThatItWillClose) {
  const std::string last = "HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  RudeServer server({last, kFine});
  auto client = client_of(server.url());
  EXPECT_EQ(client.get("/")->status, 503);
  EXPECT_EQ(client.get("/")->body, "fine");
}

TEST(HttpClient, FailsOnAnswersThatAreNotHttpOrEndTooSoon) {
  const std::string too_short = "HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nfine";
  for (const std::string& answer : {std::string("SSH-2.0-OpenSSH_9.2\r\n\r\n"), too_short,
                                    std::string("HTTP/1.1 200 OK\r\n"), std::string()}) {
    RudeServer server({answer});
    const auto failed = client_of(server.url()).get("/x");
    ASSERT_FALSE(failed) << answer;
    EXPECT_EQ(failed.error().kind, ErrorKind::Unavailable);
    EXPECT_THAT(failed.error().message, HasSubstr(server.url() + "/x does not answer: "));
  }
}

TEST(HttpClient, WorksAgainAfterAFailure) {
  RudeServer server({"nonsense\r\n\r\n", kFine});
  auto client = client_of(server.url());
  EXPECT_FALSE(client.get("/"));
  EXPECT_EQ(client.get("/")->body, "fine");
}

TEST(HttpClient, GivesUpOnAServerThatNeverAnswers) {
  RudeServer silent({});
  const auto answer = HttpClient::to(silent.url(), std::chrono::milliseconds(20))->get("/");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Unavailable);
  EXPECT_THAT(answer.error().message, HasSubstr("timeout"));
}

}  // namespace
}  // namespace tessera::bots
