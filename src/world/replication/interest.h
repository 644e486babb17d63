// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which cells a viewer sees, and how often each is told. A cell comes into view when its centre is
// near enough and goes out of view somewhat farther away, so that one who walks to and fro does not
// open and close pages all the time. Looked at again after four metres of way, not for every
// snapshot.
#pragma once

#include <vector>

#include "world/replication/replication.h"
#include "world/replication/viewer.h"

namespace tessera::replication {

class Interest {
 public:
  explicit Interest(const Options& options);

  /// Follows the viewer's entity; opens and closes subscriptions when that is due.
  void update(Viewer& viewer, const Mirror& mirror);

 private:
  void refresh(Viewer& viewer, const Mirror& mirror);
  void look_at(Viewer& viewer, const Mirror& mirror, protocol::Cell cell, float x, float z);
  Tier tier_of(protocol::Cell cell, float x, float z) const;

  float enter_squared_;
  float leave_squared_;
  float near_squared_;
  float middle_squared_;
  /// By page: place of the viewer's subscription + 1 while refresh() runs, else 0.
  std::vector<std::uint16_t> marks_;
};

}  // namespace tessera::replication
