// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/operations/detail/audit_rules.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

namespace tessera::operations {
namespace {

std::string cut(const std::string& text) { return text.substr(0, kAuditTextBytesMax); }

}  // namespace

AuditRules::AuditRules(persistence::Database& database, std::function<std::int64_t()> now_s)
    : store_(database), now_s_(std::move(now_s)) {}

Result<std::int64_t> AuditRules::record(const Action& action) {
  if (action.actor.empty() || action.action.empty()) {
    return failure(ErrorKind::InvalidArgument, "audit: expected an actor and an action");
  }
  return store_.append({0, now_s_(), cut(action.actor), cut(action.action), cut(action.target),
                        cut(action.detail), cut(action.result)});
}

Result<std::vector<Action>> AuditRules::list(int count, std::int64_t before) {
  if (count < 1 || count > kAuditPageMax || before < 0) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("audit: expected a count from 1 to {} and an id", kAuditPageMax));
  }
  auto rows = store_.list(before == 0 ? std::numeric_limits<std::int64_t>::max() : before, count);
  if (!rows) return std::unexpected(rows.error());
  std::vector<Action> actions;
  for (const persistence::AuditRow& row : *rows) {
    actions.push_back({row.id, row.at, row.actor, row.action, row.target, row.detail, row.result});
  }
  return actions;
}

}  // namespace tessera::operations
