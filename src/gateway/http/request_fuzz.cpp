// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The API with any method, path, token and body: one line each. It always answers, once, with a
// status that is one.
#include <cstdlib>

#include "gateway/http/testing/fake_parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tessera;
  static gateway::TestApi* test = [] {
    auto* api = new gateway::TestApi;
    api->accounts.add("ann", "x");
    api->characters.add({1}, "Anna");
    return api;
  }();
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line = [&] {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string out(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return out;
  };
  const std::string method = line();
  const std::string path = line();
  const std::string token = line();
  auto request = gateway::TestApi::request(method, path, std::string(text), token);
  request.query = path;
  test->now_us += 1'000'000;
  if (test->accounts.accounts.size() > 1000) test->accounts.accounts.clear();
  const auto response = test->call(request);
  if (response.status < 200 || response.status > 599) std::abort();
  (void)websocket::query_value(path, "token");
  return 0;
}
