// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a gateway that gives the answers it was told to, on a free port, and keeps what it was
// asked. Without other orders it lets everybody in who says "Bearer access".
#pragma once

#include <sodium.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "transport/netcode/standard.h"
#include "transport/websocket/testing/web_server_fixture.h"

namespace tessera::bots {

class FakeGateway : public websocket::HttpHandler {
 public:
  FakeGateway() {
    answer("GET /healthz", 200, R"({"status":"ok"})");
    answer("POST /api/v1/login", 200, R"({"access_token":"access"})");
    answer("POST /api/v1/register", 201, R"({"account":"1"})");
    answer("GET /api/v1/characters", 200, R"({"characters":[{"id":"7","name":"Bot"}]})");
    answer("POST /api/v1/characters", 201, R"({"id":"8"})");
    for (const char* id : {"7", "8"}) {
      answer(std::string("POST /api/v1/characters/") + id + "/enter", 200,
             grant_of(connect_token()));
    }
  }

  std::string url() { return "http://127.0.0.1:" + std::to_string(server_->port()); }

  /// From now on `call`, "GET /healthz", is answered so.
  void answer(const std::string& call, unsigned status, const std::string& body) {
    answer_in_turn(call, {{status, body}});
  }
  struct Answer {
    unsigned status = 200;
    std::string body;
  };
  /// The first time with the first answer and so on; the last one stays.
  void answer_in_turn(const std::string& call, std::deque<Answer> answers) {
    const std::scoped_lock lock(mutex_);
    answers_[call] = std::move(answers);
  }
  /// "POST /api/v1/login {...} Bearer x", in the order they came.
  std::vector<std::string> asked() {
    const std::scoped_lock lock(mutex_);
    return asked_;
  }
  /// How often a call was made that begins so.
  std::size_t count(std::string_view call) {
    const auto all = asked();
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [&](const std::string& one) { return one.starts_with(call); }));
  }

  static std::vector<std::byte> connect_token() {
    return std::vector<std::byte>(netcode::kConnectTokenBytes, std::byte{0x5a});
  }
  static std::string grant_of(std::span<const std::byte> token) {
    std::string text(sodium_base64_encoded_len(token.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(token.data()), token.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // its end of string
    return R"({"connect_token":")" + text + "\"}";
  }

  void on_request(const websocket::Request& request, websocket::Responder respond) override {
    const std::string call = request.method + " " + request.path;
    Answer answer{404, "{}"};
    {
      const std::scoped_lock lock(mutex_);
      const auto bearer = std::string(request.header("authorization"));
      asked_.push_back(call + (request.body.empty() ? "" : " " + request.body) +
                       (bearer.empty() ? "" : " " + bearer));
      if (const auto found = answers_.find(call); found != answers_.end()) {
        answer = found->second.front();
        if (found->second.size() > 1) found->second.pop_front();
      }
    }
    respond({.status = answer.status, .body = answer.body});
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::deque<Answer>> answers_;
  std::vector<std::string> asked_;
  websocket::RunningWebServer server_{websocket::test_web_options(), *this};
};

}  // namespace tessera::bots
