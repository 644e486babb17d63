// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// HTTP over real sockets, well behaved and not.
#include <gtest/gtest.h>

#include "transport/websocket/testing/web_server_fixture.h"

namespace tessera::websocket {
namespace {

using std::chrono::milliseconds;

// Answers with what was asked; /later from another thread, /never not at all.
class Echo : public HttpHandler {
 public:
  ~Echo() override {
    for (auto& thread : threads_) thread.join();
  }
  void on_request(const Request& request, Responder respond) override {
    if (request.path == "/never") return;
    Response response;
    response.body = request.method + " " + request.path + "?" + request.query + " " + request.body;
    if (request.path == "/empty") response = {.status = 204};
    if (request.path == "/close") response.close = true;
    if (request.path == "/later") {
      threads_.emplace_back([respond, response] {
        respond(response);
        respond(response);  // answering twice must be harmless
      });
    } else {
      respond(std::move(response));
    }
  }

 private:
  std::vector<std::thread> threads_;
};

TEST(HttpServer, AnswersRequestsOfOneConnectionOneAfterTheOther) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  TcpClient client = server.connect();
  auto answer = client.get("/one?x=1");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "GET /one?x=1 ");
  EXPECT_NE(answer.header.find("nosniff"), std::string::npos);
  client.send_all("POST /two HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(client.receive_http().body, "POST /two? hello");
  EXPECT_EQ(client.get("/later").body, "GET /later? ");
  EXPECT_EQ(client.get("/empty").status, 204);
  EXPECT_EQ(server->counters().requests.load(), 4u);
  EXPECT_EQ(server->counters().accepted.load(), 1u);
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  TcpClient client = server.connect();
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += "GET " + std::string(i % 7 == 0 ? "/later" : "/p") +
           " HTTP/1.1\r\nX: " + std::to_string(i) + "\r\n\r\n";
  }
  client.send_all(all);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.receive_http().body, i % 7 == 0 ? "GET /later? " : "GET /p? ");
  }
}

TEST(HttpServer, TakesChunkedBodies) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  TcpClient client = server.connect();
  client.send_all(
      "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_EQ(client.receive_http().body, "POST /c? abcde");
}

TEST(HttpServer, AnswersHeadWithoutABody) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  TcpClient client = server.connect();
  client.send_all("HEAD /h HTTP/1.1\r\nConnection: close\r\n\r\n");
  const std::string all = client.receive_rest();
  EXPECT_TRUE(all.starts_with("HTTP/1.1 200"));
  EXPECT_NE(all.find("Content-Length: 9"), std::string::npos);
  EXPECT_TRUE(all.ends_with("\r\n\r\n"));
}

TEST(HttpServer, ClosesWhenTheHandlerSaysSo) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  TcpClient client = server.connect();
  EXPECT_EQ(client.get("/close").status, 200);
  EXPECT_FALSE(client.receive_some());
}

TEST(HttpServer, RefusesABodyThatAnnouncesTooMuchBeforeReadingIt) {
  Echo echo;
  WebOptions options = test_web_options();
  options.body_bytes_max = 100;
  RunningWebServer server(options, echo);
  TcpClient client = server.connect();
  client.send_all("POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n");
  const auto answer = client.receive_http();
  EXPECT_EQ(answer.status, 413);
  EXPECT_NE(answer.body.find("larger than 100 bytes"), std::string::npos);
  EXPECT_FALSE(client.receive_some());
}

TEST(HttpServer, TellsASenderOfAHugeBodyWhyAlthoughItGoesOnSending) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  TcpClient client = server.connect();
  client.send_all("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
  for (int i = 0; i < 8 && client.send_all(chunk); ++i) {
  }
  EXPECT_EQ(client.receive_http().status, 413);
}

TEST(HttpServer, RefusesAHeaderThatIsTooLarge) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  TcpClient client = server.connect();
  client.send_all("GET / HTTP/1.1\r\nX-Long: " + std::string(9000, 'a') + "\r\n\r\n");
  EXPECT_EQ(client.receive_http().status, 431);
  EXPECT_EQ(server->counters().bad_requests.load(), 1u);
}

TEST(HttpServer, RefusesWhatIsNotHttp) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  for (const std::string_view bad :
       {"\x16\x03\x01\x02\x01\x01\xfc\x03\x03 this is a TLS hello\r\n\r\n", "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: minus\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}) {
    TcpClient client = server.connect();
    client.send_all(bad);
    const auto answer = client.receive_http();
    EXPECT_EQ(answer.status, 400) << bad;
    EXPECT_NE(answer.body.find("bad_request"), std::string::npos) << bad;
    EXPECT_FALSE(client.receive_some());
  }
}

TEST(HttpServer, TimesOutAHeaderThatComesTooSlowly) {
  Echo echo;
  WebOptions options = test_web_options();
  options.header_time_max = milliseconds(30);
  RunningWebServer server(options, echo);
  TcpClient client = server.connect();
  client.send_all("GET / HTTP/1.1\r\nX-Slow: ");
  EXPECT_EQ(client.receive_http().status, 408);
  EXPECT_FALSE(client.receive_some());
  EXPECT_EQ(server->counters().timeouts.load(), 1u);
}

TEST(HttpServer, TimesOutABodyThatNeverComes) {
  Echo echo;
  WebOptions options = test_web_options();
  options.body_time_max = milliseconds(30);
  RunningWebServer server(options, echo);
  TcpClient client = server.connect();
  client.send_all("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_EQ(client.receive_http().status, 408);
}

TEST(HttpServer, ClosesAConnectionThatSaysNothing) {
  Echo echo;
  WebOptions options = test_web_options();
  options.header_time_max = milliseconds(30);
  RunningWebServer server(options, echo);
  TcpClient client = server.connect();
  EXPECT_EQ(client.receive_rest(), "");
  EXPECT_TRUE(server.eventually([&] { return server->counters().connections.load() == 0; }));
}

TEST(HttpServer, AnswersForAHandlerThatDoesNot) {
  Echo echo;
  WebOptions options = test_web_options();
  options.answer_time_max = milliseconds(30);
  RunningWebServer server(options, echo);
  TcpClient client = server.connect();
  const auto answer = client.get("/never");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(client.get("/x").status, 200) << "the connection is still good";
}

TEST(HttpServer, LimitsConnectionsOfOneAddress) {
  Echo echo;
  WebOptions options = test_web_options();
  options.connections_per_address_max = 2;
  RunningWebServer server(options, echo);
  {
    TcpClient one = server.connect();
    TcpClient two = server.connect();
    EXPECT_EQ(one.get("/").status, 200);
    EXPECT_EQ(two.get("/").status, 200);
    TcpClient three = server.connect();
    const auto answer = three.receive_http();
    EXPECT_EQ(answer.status, 503);
    EXPECT_NE(answer.body.find("too_many_connections"), std::string::npos);
    EXPECT_EQ(server->counters().refused_per_address.load(), 1u);
  }
  EXPECT_TRUE(server.eventually([&] { return server->counters().connections.load() == 0; }));
  EXPECT_EQ(server.connect().get("/").status, 200);
}

TEST(HttpServer, LimitsConnectionsInAll) {
  Echo echo;
  WebOptions options = test_web_options();
  options.exempt_loopback = true;
  options.connections_per_address_max = 1;
  options.connections_max = 2;
  RunningWebServer server(options, echo);
  TcpClient one = server.connect();
  TcpClient two = server.connect();
  EXPECT_EQ(one.get("/").status, 200);
  EXPECT_EQ(two.get("/").status, 200) << "loopback is exempt from the limit of an address";
  EXPECT_EQ(server.connect().receive_http().status, 503);
  EXPECT_EQ(server->counters().refused_full.load(), 1u);
}

TEST(HttpServer, RefusesAnUpgradeWhenItHasNoSessions) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  EXPECT_EQ(server.connect().upgrade("/ws").status, 200) << "an ordinary request to the handler";
}

TEST(HttpServer, EndsQuicklyWhenStoppedAndAnswersWhatIsUnderWay) {
  Echo echo;
  WebOptions options = test_web_options();
  options.answer_time_max = milliseconds(50);
  RunningWebServer server(options, echo);
  TcpClient idle = server.connect();
  EXPECT_EQ(idle.get("/").status, 200);
  TcpClient waiting = server.connect();
  waiting.send_all("GET /never HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(server.eventually([&] { return server->counters().requests.load() == 2; }));
  server.stop(milliseconds(20'000));
  EXPECT_EQ(idle.receive_rest(), "");
  EXPECT_EQ(waiting.receive_http().status, 503);
}

TEST(HttpServer, CutsWhatIsLeftAtTheDeadline) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  TcpClient waiting = server.connect();
  waiting.send_all("GET /never HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(server.eventually([&] { return server->counters().requests.load() == 1; }));
  server.stop(milliseconds(1));
}

TEST(HttpServer, SaysWhatToDoWhenThePortIsInUse) {
  Echo echo;
  RunningWebServer server(test_web_options(), echo);
  WebOptions options;
  options.port = server->port();
  const auto second = WebServer::listen(options, echo, nullptr);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::AlreadyExists);
  EXPECT_NE(second.error().message.find("choose another port"), std::string::npos);
}

TEST(HttpServer, RefusesAnAddressThatIsNone) {
  Echo echo;
  WebOptions options;
  options.address = "here";
  EXPECT_EQ(WebServer::listen(options, echo, nullptr).error().kind, ErrorKind::InvalidArgument);
  options.address = "203.0.113.1";  // not ours
  EXPECT_FALSE(WebServer::listen(options, echo, nullptr));
}

TEST(HttpServer, RunsRepeatedWorkAndWatchesDescriptors) {
  Echo echo;
  auto server = WebServer::listen(test_web_options(), echo, nullptr).value();
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  std::atomic<int> ticks{0};
  std::string got;
  server->every(milliseconds(1), [&] { ++ticks; });
  server->watch(pipe_ends[0], [&] {
    char c = 0;
    if (read(pipe_ends[0], &c, 1) == 1) got += c;
    if (got == "ab") server->stop(milliseconds(0));
  });
  std::thread thread([&] { server->run(); });
  ASSERT_TRUE(RunningWebServer::eventually([&] { return ticks > 2; }));
  ASSERT_EQ(write(pipe_ends[1], "ab", 2), 2);
  thread.join();
  EXPECT_EQ(got, "ab");
  server.reset();
  EXPECT_EQ(close(pipe_ends[0]), 0) << "the descriptor is still ours";
  close(pipe_ends[1]);
}

}  // namespace
}  // namespace tessera::websocket
