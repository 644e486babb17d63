// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whatever read_inputs accepts, it must write again and read back the same.
#include <cstdlib>

#include "protocol/inputs.h"

using namespace tessera;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto inputs = protocol::read_inputs(std::as_bytes(std::span(data, size)));
  if (!inputs) return 0;
  std::array<std::byte, protocol::kInputsBytesMax> bytes;
  const std::size_t written = protocol::write_inputs(bytes, *inputs);
  const auto again = protocol::read_inputs(std::span(bytes).first(written));
  if (!again || again->frames != inputs->frames || again->actions != inputs->actions) std::abort();
  return 0;
}
