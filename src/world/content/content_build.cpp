// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/content_build.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>

#include "world/content/source/zone_text.h"

namespace tessera::content {
namespace {

namespace fs = std::filesystem;

struct Work {
  ZoneOutcome outcome;
  std::string zone_name;  ///< that zone.yaml gives; empty when it cannot be read
  int name_line = 1;
  std::vector<Area> portals{};          ///< areas that lead elsewhere
  std::vector<int> portal_lines{};      ///< where zone.yaml says so; 1: a model does
  std::vector<std::string> arrivals{};  ///< their names; of a zone without faults
};

void read_name(const ZoneSource& source, Work& work) {
  const SourceFile& yaml = *source.find("zone.yaml");
  const auto text =
      parse_zone_text({reinterpret_cast<const char*>(yaml.bytes.data()), yaml.bytes.size()}, "");
  if (!text) return;
  work.zone_name = text->zone.name;
  work.name_line = text->name_line;
}

/// Areas that lead elsewhere, as the zone has them, and the lines of those in zone.yaml.
void note_ways(const ZoneSource& source, const ZoneDefinition& zone, Work& work) {
  for (const Arrival& arrival : zone.arrivals) work.arrivals.push_back(arrival.name);
  std::ranges::copy_if(zone.areas, std::back_inserter(work.portals),
                       [](const Area& area) { return area.leads_to.has_value(); });
  if (work.portals.empty()) return;
  const SourceFile& yaml = *source.find("zone.yaml");
  const auto text =
      parse_zone_text({reinterpret_cast<const char*>(yaml.bytes.data()), yaml.bytes.size()}, "");
  for (const Area& portal : work.portals) {
    int line = 1;
    for (std::size_t i = 0; text && i < text->zone.areas.size(); ++i) {
      if (text->zone.areas[i] == portal) line = text->area_lines[i];
    }
    work.portal_lines.push_back(line);
  }
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
  note_ways(*source, zone, work);
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

/// What is wrong with a way into another zone; empty: nothing, as far as these works tell. A zone
/// that has faults itself, or that was not looked at, may have any arrival.
std::string why_no_way(const Work& from, const Portal& portal, const std::vector<Work>& works) {
  if (portal.zone == from.zone_name) {
    return "that is this zone itself: a portal leads into another one";
  }
  const auto target = std::ranges::find(works, portal.zone, &Work::zone_name);
  if (target == works.end()) {
    std::error_code ignored;
    const fs::path folder = fs::path(from.outcome.folder).lexically_normal().parent_path();
    if (fs::exists(folder / portal.zone / "zone.yaml", ignored)) return {};
    return fmt::format("there is no zone '{}' beside this one: make it, or name another",
                       portal.zone);
  }
  if (!target->outcome.faults.empty()) return {};
  const auto& arrivals = target->arrivals;
  if (std::ranges::find(arrivals, portal.arrival) != arrivals.end()) return {};
  return fmt::format("that zone has no arrival {} (it has: {}): add it there, or name one it has",
                     in_quotes(portal.arrival),
                     arrivals.empty() ? "none" : fmt::format("{}", fmt::join(arrivals, ", ")));
}

void find_dead_ends(std::vector<Work>& works) {
  for (Work& work : works) {
    for (std::size_t i = 0; i < work.portals.size(); ++i) {
      const Area& area = work.portals[i];
      const std::string why = why_no_way(work, *area.leads_to, works);
      if (why.empty()) continue;
      add_fault(work.outcome.faults, (fs::path(work.outcome.folder) / "zone.yaml").string(),
                work.portal_lines[i],
                fmt::format("the area {} leads to {}/{}, but {}", in_quotes(area.name),
                            area.leads_to->zone, area.leads_to->arrival, why));
    }
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
  find_dead_ends(works);
  for (Work& work : works) {
    for (const Fault& fault : work.outcome.faults) outcome.faults.push_back(fault);
    outcome.zones.push_back(std::move(work.outcome));
  }
  sort_faults(outcome.faults);
  return outcome;
}

}  // namespace tessera::content
