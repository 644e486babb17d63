// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/web/zone_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "engine/core/json/json_object.h"
#include "engine/physics/geometry_bytes.h"
#include "engine/platform/log.h"
#include "engine/platform/process.h"
#include "server/web/rules_json.h"
#include "server/web/scene_json.h"
#include "world/content/compile/zone_source.h"
#include "world/content/source/zone_text.h"

namespace tessera::server {
namespace {

namespace fs = std::filesystem;
using gateway::Caching;

constexpr std::size_t kContentsKept = 2;
constexpr const char* kZoneText = "zone.yaml";

std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

ZoneFiles::ZoneFiles(gateway::StaticFiles& files, std::string lasting_zone_folder)
    : files_(files), lasting_zone_folder_(std::move(lasting_zone_folder)) {
  put_index();  // that there is nothing yet is an answer, too
  thread_ = std::thread([this] { run(); });
}

ZoneFiles::~ZoneFiles() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void ZoneFiles::zone_has(const ZoneDefinition& content) {
  if (content.geometry == nullptr) return;  // made by hand, for a test
  Job job;
  job.zone.name = content.name;
  job.zone.title = content.title;
  job.zone.is_instance = content.is_instance;
  job.zone.geometry = content.geometry;
  job.zone.door_names = content.door_names;
  job.zone.weather = content.weather;
  job.zone.light = content.light;
  job.zone.areas = content.areas;
  job.zone.roads = content.roads;
  job.zone.creatures = content.creatures;
  job.zone.has_terrain = content.has_terrain;
  job.zone.rules = content.rules;
  job.zone.content_hash = content.content_hash;
  job.hash = fmt::format("{:016x}", content.content_hash);
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void ZoneFiles::run() {
  platform::name_thread("zone files");
  (void)platform::set_thread_nice(platform::kNiceBesideSimulation);
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (stopping_) return;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    publish(job);
    lock.lock();
  }
}

std::string ZoneFiles::folder_of(const std::string& zone) const {
  const fs::path path = fs::path(lasting_zone_folder_).lexically_normal();
  const fs::path lasting = path.has_filename() ? path : path.parent_path();
  return lasting.filename() == zone ? lasting.string() : (lasting.parent_path() / zone).string();
}

void ZoneFiles::publish(const Job& job) {
  std::deque<std::string>& hashes = hashes_[job.zone.name];
  if (const auto kept = std::ranges::find(hashes, job.hash); kept != hashes.end()) {
    std::rotate(kept, kept + 1, hashes.end());  // it is the newest again
    return put_index();
  }
  const std::string folder = folder_of(job.zone.name);
  const auto source = content::read_zone_source(folder);
  if (!source || source->content_hash != job.zone.content_hash) {
    // The files have changed since; the watcher will tell of what they are now.
    platform::log_warning(
        "clients cannot fetch this content: its source files are no longer what it was made from",
        {{"zone", job.zone.name}, {"folder", folder}, {"content", job.hash}});
    return;
  }
  const content::SourceFile* const text = source->find(kZoneText);
  const auto parsed = content::parse_zone_text(text == nullptr ? "" : text_of(text->bytes), folder);
  if (!parsed) return;  // it was compiled, so it parses
  const std::string below = "/content/" + job.zone.name + "/" + job.hash + "/";
  for (const content::ModelText& model : parsed->models) {
    const content::SourceFile* const file = source->find(model.file);
    if (file == nullptr) continue;
    files_.put(below + model.file,
               make_static_file(std::string(gateway::content_type_of(model.file)),
                                text_of(file->bytes), Caching::Forever));
  }
  files_.put(below + "geometry", make_static_file("application/octet-stream",
                                                  text_of(physics::to_bytes(*job.zone.geometry)),
                                                  Caching::Forever, false));
  files_.put(below + "scene.json",
             make_static_file("application/json", scene_json(job.zone, *parsed), Caching::Forever));
  files_.put(
      below + "rules.json",
      make_static_file("application/json", rules_json(rules_of(job.zone)), Caching::Forever));
  hashes.push_back(job.hash);
  if (start_zone_.empty()) start_zone_ = job.zone.name;
  put_index();
  if (hashes.size() <= kContentsKept) return;
  files_.remove_below("/content/" + job.zone.name + "/" + hashes.front() + "/");
  hashes.pop_front();
}

void ZoneFiles::put_index() {
  JsonObject zones;
  for (const auto& [zone, hashes] : hashes_) {
    if (!hashes.empty()) zones.text(zone, hashes.back());
  }
  JsonObject index;
  index.text("start", start_zone_).raw("zones", zones.done());
  files_.put("/content/zones.json",
             make_static_file("application/json", index.done(), Caching::Ask));
}

}  // namespace tessera::server
