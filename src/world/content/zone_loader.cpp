// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/zone_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "engine/platform/clock.h"
#include "engine/platform/log.h"
#include "world/content/cache/cache_folder.h"
#include "world/content/rules/read_rulebook.h"
#include "world/content/rules/stored_rules.h"

namespace tessera::content {
namespace {

namespace fs = std::filesystem;

CacheFolder cache_of(const ZoneSource& source, const LoadOptions& options) {
  return options.cache_folder.empty() ? CacheFolder::beside(source.folder)
                                      : CacheFolder(options.cache_folder);
}

/// For those who wait without a progress bar: a line each few seconds.
ReportProgress logged_progress() {
  constexpr std::int64_t kInterval_ns = 2'000'000'000;
  return [next_ns = platform::monotonic_ns() + kInterval_ns](const Progress& progress) mutable {
    const std::int64_t now_ns = platform::monotonic_ns();
    if (now_ns < next_ns) return;
    next_ns = now_ns + kInterval_ns;
    platform::log_info("compiling the zone's content", {{"zone", progress.zone},
                                                        {"stage", progress.stage},
                                                        {"done", progress.done},
                                                        {"of", progress.total}});
  };
}

bool load_stored(const ZoneSource& source, const CacheFolder& cache, Loaded& loaded) {
  auto stored = cache.load(source.folder_name, source.compiled_hash);
  if (!stored) return false;
  if (!*stored) {
    loaded.cache_problem = to_text(stored->error());
    return false;
  }
  loaded.zone = std::move(**stored);
  loaded.from_cache = true;
  return true;
}

/// The zone as it came out of the compiler, and the rules of its world.
Checked<void> add_rules(ZoneDefinition& zone, const std::string& folder, const RuleSource& source) {
  if (source.files.empty()) return {};
  auto rules = read_rulebook(source);
  if (!rules) return std::unexpected(std::move(rules.error()));
  Faults faults;
  for (const CreatureDefinition& kind : zone.creatures) {
    const std::string file = (fs::path(folder) / "zone.yaml").string();
    if (!kind.fights_as.empty() && rules->classes.find(kind.fights_as) == nullptr) {
      add_fault(faults, file, 1,
                fmt::format("the creature {} fights as {}, which is no class: mend the name, or "
                            "add it to content/classes",
                            in_quotes(kind.name), in_quotes(kind.fights_as)));
    }
    if (!kind.behaves_as.empty() && rules->behaviours.find(kind.behaves_as) == nullptr) {
      add_fault(faults, file, 1,
                fmt::format("the creature {} behaves as {}, which is no behaviour: mend the name, "
                            "or add it to content/behaviours",
                            in_quotes(kind.name), in_quotes(kind.behaves_as)));
    }
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  zone.content_hash = content_hash_of(zone.content_hash, source);
  zone.rules = std::make_shared<const Rulebook>(std::move(*rules));
  return {};
}

Checked<Loaded> load_compiled(const ZoneSource& source, const LoadOptions& options,
                              jobs::Pool& pool) {
  const CacheFolder cache = cache_of(source, options);
  Loaded loaded;
  if (load_stored(source, cache, loaded)) return loaded;
  const auto lock = cache.lock(source.folder_name);
  if (load_stored(source, cache, loaded)) return loaded;  // another process was quicker
  const auto before = cache.newest(source.folder_name);
  auto compiled =
      compile_zone(source, pool, options.report, before ? before->navigation : NavigationData{});
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  loaded.zone = std::move(*compiled);
  if (const auto written = cache.store(loaded.zone); !written) {
    loaded.store_problem = written.error().message;
  }
  return loaded;
}

}  // namespace

unsigned compile_workers() {
  const unsigned processors = std::max(std::thread::hardware_concurrency(), 1u);
  return std::min(processors - 1, jobs::kWorkersMax);
}

Checked<Loaded> load_zone(const ZoneSource& source, const LoadOptions& options, jobs::Pool& pool) {
  auto loaded = load_compiled(source, options, pool);
  if (!loaded) return loaded;
  if (auto added = add_rules(loaded->zone, source.folder, source.rules); !added) {
    return std::unexpected(std::move(added.error()));
  }
  const auto stored = store_parts(cache_of(source, options).path(), source.folder_name,
                                  source.compiled_hash, source.rules);
  if (!stored && loaded->store_problem.empty()) loaded->store_problem = stored.error().message;
  return loaded;
}

Result<ZoneDefinition> load_zone(const std::string& path, const LoadOptions& options) {
  const auto source = read_zone_source(path);
  if (!source) {
    Error error = to_error(source.error());
    error.kind = ErrorKind::NotFound;
    return std::unexpected(std::move(error));
  }
  const std::int64_t start_ns = platform::monotonic_ns();
  jobs::Pool pool(compile_workers());
  LoadOptions heard = options;
  if (!heard.report) heard.report = logged_progress();
  auto loaded = load_zone(*source, heard, pool);
  if (!loaded) return std::unexpected(to_error(loaded.error()));
  if (!loaded->from_cache) {
    const auto took_ms = (platform::monotonic_ns() - start_ns) / 1'000'000;
    const std::string why = loaded->cache_problem.empty()
                                ? "not in the cache"
                                : "its file in the cache is " + loaded->cache_problem;
    platform::log_info("compiled the zone's content",
                       {{"zone", source->folder_name}, {"reason", why}, {"took_ms", took_ms}});
  }
  if (!loaded->store_problem.empty()) {
    platform::log_warning("cannot store the compiled zone: the next start compiles it again",
                          {{"zone", source->folder_name}, {"reason", loaded->store_problem}});
  }
  return std::move(loaded->zone);
}

Result<ZoneDefinition> load_stored_zone(const std::string& path, std::uint64_t content_hash,
                                        const LoadOptions& options) {
  const auto source = read_zone_source(path);
  if (!source) return std::unexpected(to_error(source.error()));
  const CacheFolder cache = cache_of(*source, options);
  const auto parts = load_parts(cache.path(), source->folder_name, content_hash);
  auto stored = cache.load(source->folder_name, parts ? parts->compiled_hash : content_hash);
  if (stored && *stored && parts) {
    if (auto added = add_rules(**stored, source->folder, parts->rules); !added) {
      return std::unexpected(to_error(added.error()));
    }
  }
  if (stored && *stored) return std::move(**stored);
  const std::string_view why = stored ? to_text(stored->error()) : "not there";
  return failure(
      ErrorKind::NotFound,
      fmt::format("{} is {}: check out the content that has this hash, and build it with "
                  "'tessera content build'",
                  cache.file_of(source->folder_name, content_hash), why));
}

}  // namespace tessera::content
