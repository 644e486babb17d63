// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What clients fetch of the zones that run here:
//
//   /content/zones.json                       {"start":"vale","zones":{"vale":"<hash>"}}; "start"
//   is
//                                             empty until the first zone's files are there
//   /content/<zone>/<hash>/scene.json         what there is to see, and where
//   /content/<zone>/<hash>/rules.json         classes and abilities (rules_json.h)
//   /content/<zone>/<hash>/geometry           what to predict on (engine/physics/geometry_bytes.h)
//   /content/<zone>/<hash>/<file>.glb         the models that the scene names
//
// A hash is that of Welcome and ContentChanged, in 16 hexadecimal digits. Compressing takes some
// tenths of a second, so a thread of its own does it; a path is there when its file is ready.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "gameplay/definitions/zone_definition.h"
#include "gateway/files/static_files.h"
#include "world/tick/simulation.h"

namespace tessera::server {

class ZoneFiles final : public tick::ContentListener {
 public:
  /// `files` outlives it. Zones lie in `lasting_zone_folder` and in its siblings.
  ZoneFiles(gateway::StaticFiles& files, std::string lasting_zone_folder);
  /// Waits for the file that is being made.
  ~ZoneFiles() override;

  /// Any thread. Of a zone the newest two contents are kept: a client may still be fetching the
  /// one before.
  void zone_has(const ZoneDefinition& content) override;

 private:
  struct Job {
    ZoneDefinition zone;  ///< without navigation
    std::string hash;
  };

  void run();
  void publish(const Job& job);
  void put_index();
  std::string folder_of(const std::string& zone) const;

  gateway::StaticFiles& files_;
  const std::string lasting_zone_folder_;
  std::string start_zone_;                                 ///< the first that was told of
  std::map<std::string, std::deque<std::string>> hashes_;  ///< of each zone, the newest last
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tessera::server
