// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/storage/pages.h"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace tessera::ecs::storage {
namespace {

constexpr std::size_t kCacheLine = 64;

bool is_large(std::size_t bytes) { return bytes >= kHugePageBytes; }

std::size_t rounded(std::size_t bytes) {
  const std::size_t unit = is_large(bytes) ? kHugePageBytes : kCacheLine;
  return (bytes + unit - 1) / unit * unit;
}

std::align_val_t alignment(std::size_t bytes) {
  return std::align_val_t{is_large(bytes) ? kHugePageBytes : kCacheLine};
}

}  // namespace

std::byte* allocate_pages(std::size_t bytes, PageSize size) {
  void* const memory = ::operator new(rounded(bytes), alignment(bytes));
  static_cast<void>(size);
#if defined(__linux__)
  // A wish: without huge pages it works as well, only slower.
  if (size == PageSize::Huge && is_large(bytes)) ::madvise(memory, rounded(bytes), MADV_HUGEPAGE);
#endif
  return static_cast<std::byte*>(memory);
}

void free_pages(std::byte* memory, std::size_t bytes) {
  ::operator delete(memory, alignment(bytes));
}

}  // namespace tessera::ecs::storage
