// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// libpng reports errors by longjmp, which runs no destructors. So the functions that it may leave
// that way (read_rows, write_rows) own nothing: memory is allocated before and freed after them.
#include "world/content/source/height_map.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>

#include "engine/core/assert.h"
#include "engine/physics/height_field.h"

namespace tessera::content {
namespace {

constexpr std::size_t kMessageBytes = 160;
using Message = std::array<char, kMessageBytes>;

/// Ends libpng's call; the text stays in the buffer that was given to it.
[[noreturn]] void on_error(png_structp png, png_const_charp text) {
  auto& message = *static_cast<Message*>(png_get_error_ptr(png));
  std::strncpy(message.data(), text, message.size() - 1);
  png_longjmp(png, 1);
}

void on_warning(png_structp, png_const_charp) {}  // a colour profile is nobody's business here

struct Source {
  std::span<const std::byte> left;
};

void read_bytes(png_structp png, png_bytep out, std::size_t count) {
  auto& source = *static_cast<Source*>(png_get_io_ptr(png));
  if (source.left.size() < count) png_error(png, "the file ends too early");
  std::memcpy(out, source.left.data(), count);
  source.left = source.left.subspan(count);
}

void write_bytes(png_structp png, png_bytep data, std::size_t count) {
  auto& out = *static_cast<std::vector<std::byte>*>(png_get_io_ptr(png));
  const auto* const bytes = reinterpret_cast<const std::byte*>(data);
  out.insert(out.end(), bytes, bytes + count);
}

void flush_bytes(png_structp) {}

struct ReadHandles {
  explicit ReadHandles(Message& message)
      : png(png_create_read_struct(PNG_LIBPNG_VER_STRING, &message, on_error, on_warning)),
        info(png != nullptr ? png_create_info_struct(png) : nullptr) {}
  ReadHandles(const ReadHandles&) = delete;
  ReadHandles& operator=(const ReadHandles&) = delete;
  ~ReadHandles() { png_destroy_read_struct(&png, &info, nullptr); }
  png_structp png;
  png_infop info;
};

struct WriteHandles {
  explicit WriteHandles(Message& message)
      : png(png_create_write_struct(PNG_LIBPNG_VER_STRING, &message, on_error, on_warning)),
        info(png != nullptr ? png_create_info_struct(png) : nullptr) {}
  WriteHandles(const WriteHandles&) = delete;
  WriteHandles& operator=(const WriteHandles&) = delete;
  ~WriteHandles() { png_destroy_write_struct(&png, &info); }
  png_structp png;
  png_infop info;
};

// NOLINTBEGIN(cert-err52-cpp): libpng reports errors by longjmp alone; nothing between has a
// destructor.
bool read_rows(const ReadHandles& handles, Source* source, std::uint16_t* samples,
               std::uint32_t columns, std::uint32_t rows) {
  if (setjmp(png_jmpbuf(handles.png))) return false;
  png_set_user_limits(handles.png, columns, rows);
  png_set_read_fn(handles.png, source, read_bytes);
  png_read_info(handles.png, handles.info);
  png_set_swap(handles.png);  // PNG has the high byte first
  for (std::uint32_t row = 0; row < rows; ++row) {
    png_read_row(handles.png, reinterpret_cast<png_bytep>(samples + std::size_t{row} * columns),
                 nullptr);
  }
  png_read_end(handles.png, nullptr);
  return true;
}

bool write_rows(const WriteHandles& handles, const HeightMap& map, std::vector<std::byte>* out) {
  if (setjmp(png_jmpbuf(handles.png))) return false;
  png_set_write_fn(handles.png, out, write_bytes, flush_bytes);
  png_set_IHDR(handles.png, handles.info, map.columns, map.rows, 16, PNG_COLOR_TYPE_GRAY,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_filter(handles.png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
  png_set_compression_level(handles.png, 9);
  png_write_info(handles.png, handles.info);
  png_set_swap(handles.png);
  for (std::uint32_t row = 0; row < map.rows; ++row) {
    const std::uint16_t* const samples = map.samples.data() + std::size_t{row} * map.columns;
    png_write_row(handles.png, reinterpret_cast<png_const_bytep>(samples));
  }
  png_write_end(handles.png, nullptr);
  return true;
}
// NOLINTEND(cert-err52-cpp)

/// The first 29 bytes of every PNG: signature, then the header chunk.
struct Header {
  std::uint32_t columns;
  std::uint32_t rows;
  unsigned bits, colour_type, interlace;
};

std::uint32_t big_endian(std::span<const std::byte> bytes) {
  std::uint32_t value = 0;
  for (const std::byte byte : bytes.first(4)) value = value << 8 | std::to_integer<unsigned>(byte);
  return value;
}

Result<Header> read_header(std::span<const std::byte> png, const std::string& file) {
  constexpr std::size_t kHeaderBytes = 29;
  const bool is_png = png.size() >= kHeaderBytes &&
                      png_sig_cmp(reinterpret_cast<png_const_bytep>(png.data()), 0, 8) == 0;
  if (!is_png) {
    return failure(ErrorKind::Corrupt,
                   fmt::format("{}: this is no PNG image; a grey one with 16 bits a pixel is "
                               "expected: make one with 'tessera content terrain'",
                               file));
  }
  const auto byte_at = [&](std::size_t i) { return std::to_integer<unsigned>(png[i]); };
  return Header{big_endian(png.subspan(16)), big_endian(png.subspan(20)), byte_at(24), byte_at(25),
                byte_at(28)};
}

Result<void> check_header(const Header& header, const std::string& file, std::uint32_t columns,
                          std::uint32_t rows) {
  if (header.bits != 16 || header.colour_type != PNG_COLOR_TYPE_GRAY || header.interlace != 0) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("{}: the image has {} bits a channel, colour type {}{}; expected is "
                               "grey (type 0) with 16 bits, not interlaced: export it so",
                               file, header.bits, header.colour_type,
                               header.interlace != 0 ? ", interlaced" : ""));
  }
  if (header.columns != columns || header.rows != rows) {
    return failure(
        ErrorKind::InvalidArgument,
        fmt::format("{}: the image has {} x {} pixels, expected are {} x {} (size divided "
                    "by spacing, and one more): scale it, or change size_m or spacing_m",
                    file, header.columns, header.rows, columns, rows));
  }
  return {};
}

}  // namespace

Result<HeightMap> decode_height_map(std::span<const std::byte> png, const std::string& file,
                                    std::uint32_t columns, std::uint32_t rows) {
  TESSERA_ASSERT(columns <= physics::kHeightSamplesMax && rows <= physics::kHeightSamplesMax,
                 "height map: too large");
  const auto header = read_header(png, file);
  if (!header) return std::unexpected(header.error());
  if (auto checked = check_header(*header, file, columns, rows); !checked) {
    return std::unexpected(checked.error());
  }
  HeightMap map{columns, rows, std::vector<std::uint16_t>(std::size_t{columns} * rows)};
  Source source{png};
  Message message{};
  const ReadHandles handles(message);
  TESSERA_ASSERT(handles.info != nullptr, "height map: libpng has no memory");
  if (!read_rows(handles, &source, map.samples.data(), columns, rows)) {
    return failure(ErrorKind::Corrupt,
                   fmt::format("{}: the image is damaged ({}): restore it, or make a new one with "
                               "'tessera content terrain'",
                               file, message.data()));
  }
  return map;
}

Result<std::vector<std::byte>> encode_height_map(const HeightMap& map) {
  TESSERA_ASSERT(map.samples.size() == std::size_t{map.columns} * map.rows && !map.samples.empty(),
                 "height map: not as many samples as columns * rows");
  std::vector<std::byte> out;
  Message message{};
  const WriteHandles handles(message);
  TESSERA_ASSERT(handles.info != nullptr, "height map: libpng has no memory");
  if (!write_rows(handles, map, &out)) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("cannot make a PNG image of the height map ({})", message.data()));
  }
  return out;
}

}  // namespace tessera::content
