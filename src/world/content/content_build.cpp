// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/content_build.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "world/content/source/zone_text.h"

namespace tessera::content {
namespace {

namespace fs = std::filesystem;

struct Work {
  ZoneOutcome outcome;
  std::string zone_name;  ///< that zone.yaml gives; empty when it cannot be read
  int name_line = 1;
};

void read_name(const ZoneSource& source, Work& work) {
  const SourceFile& yaml = *source.find("zone.yaml");
  const auto text =
      parse_zone_text({reinterpret_cast<const char*>(yaml.bytes.data()), yaml.bytes.size()}, "");
  if (!text) return;
  work.zone_name = text->zone.name;
  work.name_line = text->name_line;
}

Work build_zone(const std::string& folder, const LoadOptions& options, jobs::Pool& pool) {
  Work work{.outcome = {.folder = folder, .name = fs::path(folder).filename().string()},
            .zone_name = {}};
  ZoneOutcome& outcome = work.outcome;
  const auto source = read_zone_source(folder);
  if (!source) {
    outcome.faults = source.error();
    return work;
  }
  outcome.name = source->folder_name;
  outcome.content_hash = source->content_hash;
  auto loaded = load_zone(*source, options, pool);
  if (!loaded) {
    outcome.faults = std::move(loaded.error());
    read_name(*source, work);
    return work;
  }
  const ZoneDefinition& zone = loaded->zone;
  work.zone_name = zone.name;
  outcome.was_cached = loaded->from_cache;
  outcome.cache_problem = loaded->cache_problem;
  outcome.store_problem = loaded->store_problem;
  outcome.triangles = zone.geometry->solids.size();
  outcome.doors = zone.geometry->doors.size();
  outcome.areas = zone.areas.size();
  outcome.spawn_points = zone.spawn_points.size();
  outcome.size_m = zone.bounds.high - zone.bounds.low;
  return work;
}

void find_same_names(const std::vector<Work>& works, Faults& faults) {
  std::map<std::string, std::string> folder_of;
  for (const Work& work : works) {
    if (work.zone_name.empty()) continue;
    const auto [first, is_new] = folder_of.emplace(work.zone_name, work.outcome.folder);
    if (is_new) continue;
    add_fault(
        faults, (fs::path(work.outcome.folder) / "zone.yaml").string(), work.name_line,
        fmt::format("there is another zone called '{}', in '{}'; names must differ: rename one "
                    "of them",
                    work.zone_name, first->second));
  }
}

}  // namespace

std::vector<std::string> find_zones(const std::string& path) {
  std::error_code error;
  const fs::path given(path);
  if (fs::is_regular_file(given / "zone.yaml", error) || given.filename() == "zone.yaml") {
    return {path};
  }
  const bool has_zones = fs::is_directory(given / "zones", error);
  std::vector<std::string> found;
  for (fs::directory_iterator it(has_zones ? given / "zones" : given, error), end;
       !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const std::string name = it->path().filename().string();
    if (!name.starts_with('.') && it->is_directory(ignored)) found.push_back(it->path().string());
  }
  std::ranges::sort(found);
  return found;
}

ContentOutcome build_content(const std::string& path, const LoadOptions& options,
                             jobs::Pool& pool) {
  const std::vector<std::string> folders = find_zones(path);
  ContentOutcome outcome;
  if (folders.empty()) {
    add_fault(outcome.faults, path, 1,
              "there is no zone here: expected is a zone's folder, or a content folder with zones/ "
              "in it; make a zone with 'tessera content zone'");
    return outcome;
  }
  // One after the other: each keeps all workers busy.
  std::vector<Work> works;
  for (const std::string& folder : folders) works.push_back(build_zone(folder, options, pool));
  find_same_names(works, outcome.faults);
  for (Work& work : works) {
    for (const Fault& fault : work.outcome.faults) outcome.faults.push_back(fault);
    outcome.zones.push_back(std::move(work.outcome));
  }
  sort_faults(outcome.faults);
  return outcome;
}

}  // namespace tessera::content
