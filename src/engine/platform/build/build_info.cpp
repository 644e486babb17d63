// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/build/build_info.h"

#include <fmt/format.h>
#include <link.h>

#include <cstring>
#include <iterator>

namespace tessera::platform {
namespace {

/// Notes are 4-byte aligned: sizes of name and content, a type, the name, the content.
void find_build_id(const char* note, std::size_t size, std::string& out) {
  while (size >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) header;
    std::memcpy(&header, note, sizeof(header));
    const std::size_t name_bytes = (header.n_namesz + 3u) & ~std::size_t{3};
    const std::size_t content_bytes = (header.n_descsz + 3u) & ~std::size_t{3};
    const std::size_t bytes = sizeof(header) + name_bytes + content_bytes;
    if (bytes > size) return;
    if (header.n_type == NT_GNU_BUILD_ID) {
      const char* const content = note + sizeof(header) + name_bytes;
      for (std::size_t i = 0; i < header.n_descsz; ++i) {
        fmt::format_to(std::back_inserter(out), "{:02x}", static_cast<unsigned char>(content[i]));
      }
      return;
    }
    note += bytes;
    size -= bytes;
  }
}

int visit_program(dl_phdr_info* info, std::size_t, void* out) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr) & segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    const auto* note = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
    find_build_id(note, segment.p_memsz, *static_cast<std::string*>(out));
  }
  return 1;  // the first object is the program itself; the libraries do not interest
}

}  // namespace

const std::string& build_id() {
  static const std::string id = [] {
    std::string found;
    dl_iterate_phdr(visit_program, &found);
    return found;
  }();
  return id;
}

std::string build_line() {
  const BuildInfo& info = build_info();
  return fmt::format("tessera {} (commit {}, {} {}, build {})", info.version, info.commit,
                     info.compiler, info.build_type, build_id().substr(0, 8));
}

}  // namespace tessera::platform
