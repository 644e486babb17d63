// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/files/detail/gzip.h"

#include <zlib.h>

#include "engine/core/assert.h"

namespace tessera::gateway::detail {

std::string gzip(std::string_view bytes) {
  // 15 bits of window and 16 for a gzip header (zlib.h, deflateInit2). Level 6 is 3 % smaller than
  // 4 on a zone's geometry and takes twice as long.
  constexpr int kGzipWindow = 15 + 16;
  constexpr int kLevel = 4;
  constexpr int kMemory = 8;
  z_stream stream{};
  TESSERA_ASSERT(
      deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) == Z_OK,
      "gzip: no memory");
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  // zlib does not write to what it reads, its type only does not say so.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  TESSERA_ASSERT(status == Z_STREAM_END, "gzip: the bound was too small");
  return out;
}

}  // namespace tessera::gateway::detail
