// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// No body breaks the parser, and a text that was read can be written and read again.
#include <cstdlib>

#include "engine/core/json/json_object.h"
#include "gateway/http/detail/json_body.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tessera::gateway;
  const auto body = JsonBody::parse({reinterpret_cast<const char*>(data), size});
  if (!body) return 0;
  (void)body->number("n", -100, 100, 5);
  if (const auto name = body->text("name", 64)) {
    const auto again = JsonBody::parse(tessera::JsonObject().text("name", *name).done());
    if (!again || again->text("name", 64) != *name) std::abort();
  }
  return 0;
}
