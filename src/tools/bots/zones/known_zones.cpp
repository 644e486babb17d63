// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/zones/known_zones.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "world/content/zone_loader.h"

namespace tessera::bots {
namespace {

namespace fs = std::filesystem;

Result<std::unique_ptr<LoadedZone>> load(const std::string& folder) {
  const auto zone = content::load_zone(folder);
  if (!zone) return std::unexpected(zone.error());
  return std::make_unique<LoadedZone>(*zone);
}

}  // namespace

Result<LoadedZone*> KnownZones::begin() {
  auto zone = load(folder_);
  if (!zone) return std::unexpected(zone.error());
  name_ = (*zone)->name;
  return zones_.emplace_back(std::move(*zone)).get();
}

LoadedZone* KnownZones::find(const std::string& name, std::uint64_t content_hash) {
  for (const auto& zone : zones_) {
    if (zone->name == name && zone->content_hash == content_hash) return zone.get();
  }
  const auto known = std::ranges::find_if(entries_, [&](const Entry& entry) {
    return entry.name == name && entry.content_hash == content_hash;
  });
  if (known != entries_.end()) return take_loaded(*known);
  Entry& entry = entries_.emplace_back();
  entry.name = name;
  entry.content_hash = content_hash;
  entry.loading = std::async(std::launch::async, load, folder_of(name));
  return nullptr;
}

LoadedZone* KnownZones::take_loaded(Entry& entry) {
  if (!entry.loading.valid()) return entry.zone;
  if (entry.loading.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return nullptr;
  auto zone = entry.loading.get();
  if (!zone) {
    fmt::print(stderr, "bots stand still in the zone '{}', which they do not know: {}\n",
               entry.name, zone.error().message);
    return nullptr;
  }
  if ((*zone)->content_hash != entry.content_hash) {
    fmt::print(stderr,
               "the server's zone '{}' is of other content than {}: bots will run into things\n",
               entry.name, folder_of(entry.name));
  }
  entry.zone = zones_.emplace_back(std::move(*zone)).get();
  return entry.zone;
}

std::string KnownZones::folder_of(const std::string& name) const {
  if (name == name_) return folder_;
  const fs::path folder = fs::path(folder_).lexically_normal();
  return ((folder.has_filename() ? folder : folder.parent_path()).parent_path() / name).string();
}

void KnownZones::begin_step() {
  for (const auto& zone : zones_) zone->guide.begin_step();
}

}  // namespace tessera::bots
