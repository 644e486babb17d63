// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/compile/compile_zone.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "world/content/compile/check_places.h"
#include "world/content/compile/compile_navigation.h"
#include "world/content/compile/place_models.h"
#include "world/content/source/height_map.h"

namespace tessera::content {
namespace {

constexpr float kBelowTerrain = 10;  ///< where the bottom is unless it is said

class Compiler {
 public:
  Compiler(const ZoneSource& source, jobs::Pool& pool, const ReportProgress& report,
           const NavigationData& previous)
      : source_(source),
        pool_(pool),
        report_(report),
        previous_(previous),
        file_(source.path_of("zone.yaml")) {}

  Checked<ZoneDefinition> run() {
    auto text = read_text();
    if (!text) return std::unexpected(std::move(text.error()));
    text_ = std::move(*text);
    zone_ = text_.zone;
    zone_.content_hash = source_.compiled_hash;
    check_name();
    read_terrain();
    read_models();
    if (!faults_.empty()) return finish();
    place();
    if (!faults_.empty()) return finish();
    tell("checks", 0, 1);
    check_spawns(placed_.spawns, zone_, faults_);
    check_areas(text_, file_, faults_);
    check_creatures(text_, zone_, file_, faults_);
    tell("checks", 1, 1);
    if (!faults_.empty()) return finish();  // navigation takes long, and has nothing to say then
    compile_navigation(previous_, pool_, report_, file_, zone_, faults_);
    if (faults_.empty()) check_reachability(placed_.spawns, zone_, faults_);
    return finish();
  }

 private:
  Checked<ZoneDefinition> finish() {
    if (faults_.empty()) return std::move(zone_);
    sort_faults(faults_);
    return std::unexpected(std::move(faults_));
  }

  void tell(std::string_view stage, std::size_t done, std::size_t total) const {
    if (report_) report_({source_.folder_name, stage, done, total});
  }

  Checked<ZoneText> read_text() const {
    const SourceFile& yaml = *source_.find("zone.yaml");
    if (yaml.bytes.size() > kZoneTextBytesMax) {
      return std::unexpected(
          Faults{{file_, 1,
                  fmt::format("the file is larger than {} MiB: move boxes into a "
                              "model",
                              kZoneTextBytesMax >> 20)}});
    }
    return parse_zone_text({reinterpret_cast<const char*>(yaml.bytes.data()), yaml.bytes.size()},
                           file_);
  }

  void check_name() {
    if (source_.folder_name == zone_.name) return;
    add_fault(faults_, file_, text_.name_line,
              fmt::format("the zone is called '{}' but its folder '{}'; they must be the same: "
                          "rename one of them",
                          zone_.name, source_.folder_name));
  }

  const SourceFile* find_file(const std::string& name, int line) {
    if (name.empty()) return nullptr;  // was said by the parser
    const SourceFile* const found = source_.find(name);
    if (found == nullptr) {
      add_fault(
          faults_, file_, line,
          fmt::format("there is no file {} in the zone's folder '{}': add it, or name another",
                      in_quotes(name), source_.folder));
    }
    return found;
  }

  /// A zone without terrain gets flat ground at its bottom, so that every rule can ask for ground.
  void read_terrain() {
    zone_.has_terrain = text_.terrain.has_value();
    if (!text_.terrain) {
      zone_.bottom_m = text_.bottom_m.value_or(0);
      const float side = std::max(zone_.bounds.high.x, zone_.bounds.high.z);
      zone_.terrain = physics::HeightField(
          {.spacing_m = side, .low_m = zone_.bottom_m, .high_m = zone_.bottom_m},
          std::vector<std::uint16_t>(4));
      return;
    }
    const TerrainText& terrain = *text_.terrain;
    const SourceFile* const png = find_file(terrain.file, terrain.line);
    if (png == nullptr) return;
    const std::string path = source_.path_of(terrain.file);
    auto map = decode_height_map(png->bytes, path, terrain.options.columns, terrain.options.rows);
    if (!map) {
      std::string message = std::move(map.error().message);
      if (message.starts_with(path + ": ")) message.erase(0, path.size() + 2);
      add_fault(faults_, path, 1, std::move(message));
      return;
    }
    zone_.terrain = physics::HeightField(terrain.options, std::move(map->samples));
    const auto samples = zone_.terrain.samples();
    const auto lowest = static_cast<float>(*std::ranges::min_element(samples));
    const float range = terrain.options.high_m - terrain.options.low_m;
    const float low = terrain.options.low_m + lowest * range / 65535;
    zone_.bottom_m = text_.bottom_m.value_or(low - kBelowTerrain);
    if (zone_.bottom_m > low) {
      add_fault(
          faults_, file_, text_.name_line,
          fmt::format("'bottom_m' is {}, above the terrain's lowest place at {:.2f}: lower it",
                      zone_.bottom_m, low));
    }
  }

  /// Each file once, in parallel.
  void read_models() {
    std::vector<const SourceFile*> files;
    std::set<std::string_view> seen;
    for (const ModelText& model : text_.models) {
      if (!seen.insert(model.file).second) continue;
      if (const SourceFile* const file = find_file(model.file, model.line)) files.push_back(file);
    }
    std::vector<Checked<Model>> read(files.size(), Model{});
    std::mutex mutex;
    std::size_t done = 0;
    tell("models", 0, files.size());
    pool_.parallel_for(files.size(), [&](std::size_t i) {
      read[i] = read_model(files[i]->bytes, source_.path_of(files[i]->name),
                           [this](const std::string& name) { return read_sibling(name); });
      const std::lock_guard lock(mutex);
      tell("models", ++done, files.size());
    });
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (read[i]) {
        models_.emplace(files[i]->name, std::move(*read[i]));
      } else {
        for (Fault& fault : read[i].error()) faults_.push_back(std::move(fault));
      }
    }
  }

  Result<std::vector<std::byte>> read_sibling(const std::string& name) const {
    if (const SourceFile* const file = source_.find(name)) return file->bytes;
    return failure(ErrorKind::NotFound,
                   fmt::format("there is no file {} in the zone's folder", in_quotes(name)));
  }

  void place() {
    std::size_t total = 12 * text_.boxes.size();
    for (const ModelText& model : text_.models) {
      if (const auto found = models_.find(model.file); found != models_.end()) {
        total += found->second.triangles.size();
      }
    }
    if (total > kZoneTrianglesMax) {
      add_fault(
          faults_, file_, text_.name_line,
          fmt::format("the zone has {} solid triangles; at most {} are possible: give what is "
                      "only drawn the extra 'collision: false', or make it coarser",
                      total, kZoneTrianglesMax));
      return;
    }
    tell("geometry", 0, 1);
    placed_ = place_models(text_, models_, zone_.terrain, source_.folder);
    if (placed_.doors.size() > physics::kDoorsMax) {
      add_fault(faults_, file_, text_.name_line,
                fmt::format("the zone has {} doors; at most {} are possible: remove some",
                            placed_.doors.size(), physics::kDoorsMax));
    }
    zone_.areas.insert(zone_.areas.end(), placed_.areas.begin(), placed_.areas.end());
    auto geometry = std::make_shared<physics::StaticGeometry>();
    geometry->bounds = zone_.bounds;
    geometry->terrain = zone_.terrain;
    geometry->water_level_m = zone_.water_level_m;
    geometry->solids = physics::TriangleTree(placed_.triangles);
    geometry->doors = std::move(placed_.doors);
    zone_.geometry = std::move(geometry);
    zone_.triangle_flags = std::move(placed_.flags);
    zone_.door_names = std::move(placed_.door_names);
    tell("geometry", 1, 1);
    const auto is_spawn = [](const SpawnCandidate& spawn) { return spawn.arrival.empty(); };
    if (std::ranges::none_of(placed_.spawns, is_spawn)) {
      add_fault(faults_, file_, text_.spawn_line,
                "the zone has no spawn point: add 'spawn_points', or a node with the extra 'spawn: "
                "true' to a model");
    }
    if (!text_.terrain) {
      need_heights(text_.spawn_points, "a spawn point");
      need_heights(text_.arrivals, "an arrival");
    }
  }

  void need_heights(const std::vector<SpawnText>& spawns, std::string_view what) {
    for (const SpawnText& spawn : spawns) {
      if (spawn.height_m) continue;
      add_fault(faults_, file_, spawn.line,
                fmt::format("{} of a zone without terrain needs 'height_m': add it", what));
    }
  }

  const ZoneSource& source_;
  jobs::Pool& pool_;
  const ReportProgress& report_;
  const NavigationData& previous_;
  const std::string file_;
  Faults faults_;
  ZoneText text_;
  ZoneDefinition zone_;
  Models models_;
  Placed placed_;
};

}  // namespace

Checked<ZoneDefinition> compile_zone(const ZoneSource& source, jobs::Pool& pool,
                                     const ReportProgress& report, const NavigationData& previous) {
  return Compiler(source, pool, report, previous).run();
}

}  // namespace tessera::content
