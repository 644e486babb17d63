// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Any bytes are a log file: the reader must end, and never read outside them. Since no fuzzer
// guesses a 64-bit checksum, the first byte chooses between the file itself and a file built around
// a block that the fuzzer writes.
#include <cstddef>
#include <cstdint>

#include "world/log/log_reader.h"

namespace {

void read_all(std::span<const std::byte> file) {
  auto reader = tessera::log::LogReader::open(file);
  if (!reader) return;
  for (;;) {
    const auto tick = reader->next();
    if (!tick || !*tick) return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  if (size == 0) return 0;
  if (data[0] % 2 == 0) {
    read_all(bytes.subspan(1));
    return 0;
  }
  tessera::log::BlockCompressor compressor;
  auto file = tessera::log::encode_prologue({.build = "fuzz"});
  compressor.append(tessera::log::BlockKind::Ticks, 1, bytes.subspan(1), file);
  read_all(file);
  return 0;
}
