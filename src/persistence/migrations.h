// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The database's layout as numbered steps, forward only. Each migrations/NNNN_name.sql is built
// into the binary and applied once, in its own transaction, recorded with its checksum. A file that
// was applied anywhere never changes again; a mistake is mended by the next file. The files keep to
// the SQL that SQLite and PostgreSQL share; a statement ends with ';' at the end of a line.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"

namespace soci {
class session;
}

namespace tessera::persistence {

struct Migration {
  int number = 0;  ///< from 1, without gaps
  std::string_view name;
  std::string_view sql;
};

/// Those of this build, in order.
std::span<const Migration> migrations();

/// The statements of a migration, without comments and final ';'.
std::vector<std::string> statements_of(std::string_view sql);

/// Applies what is missing. `file` is for messages. Fails when the database is newer than `known`,
/// or when a migration was changed after it had been applied. May throw soci_error: call it
/// guarded.
Result<void> migrate(soci::session& sql, std::span<const Migration> known, const std::string& file);

}  // namespace tessera::persistence
