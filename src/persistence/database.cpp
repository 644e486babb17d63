// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>

#include "persistence/connection.h"
#include "persistence/migrations.h"

namespace tessera::persistence {
namespace {

/// Makes the folder and an empty file that only its owner may read; SQLite gives its journal files
/// the same rights. Failures show when SQLite opens it, with a better message.
void create_private(const std::filesystem::path& file) {
  std::error_code ignored;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
  const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) ::close(descriptor);
}

std::string pragma(soci::session& sql, const std::string& text) {
  std::string answer;
  sql << "PRAGMA " + text, soci::into(answer);
  return answer;
}

/// Two processes that open a new file at once both switch it to the write-ahead log; SQLite lets
/// one of them fail without waiting, so the wait is here.
void use_write_ahead_log(soci::session& sql, std::int64_t timeout_ms) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  for (;;) {
    const bool last = std::chrono::steady_clock::now() >= until;
    try {
      if (pragma(sql, "journal_mode=WAL") == "wal") return;
      if (last) throw soci::sqlite3_soci_error("no write-ahead log", SQLITE_CANTOPEN);
    } catch (const soci::sqlite3_soci_error& failed) {
      if (last || (failed.result() & 0xff) != SQLITE_BUSY) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

std::unique_ptr<soci::session> connect(const DatabaseOptions& options) {
  auto sql = std::make_unique<soci::session>(*soci::factory_sqlite3(),
                                             "db=\"" + options.file.string() + "\"");
  *sql << fmt::format("PRAGMA busy_timeout={}", options.busy_timeout_ms);
  *sql << "PRAGMA foreign_keys=ON";
  *sql << "PRAGMA synchronous=FULL";
  return sql;
}

Result<void> check_pages(soci::session& sql, const std::string& file) {
  const std::string answer = pragma(sql, "quick_check(1)");
  if (answer == "ok") return {};
  return std::unexpected(translate(soci::sqlite3_soci_error(answer, SQLITE_CORRUPT), file));
}

}  // namespace

Database::Database(std::unique_ptr<ConnectionPool> pool) : pool_(std::move(pool)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options) {
  const std::string file = options.file.string();
  return guarded(file, [&]() -> Result<std::unique_ptr<Database>> {
    create_private(options.file);
    auto pool = std::make_unique<ConnectionPool>(file);
    auto writer = connect(options);
    std::error_code ignored;
    if (std::filesystem::file_size(options.file, ignored) <= kCheckedAtOpenBytesMax) {
      if (auto checked = check_pages(*writer, file); !checked) {
        return std::unexpected(checked.error());
      }
    }
    use_write_ahead_log(*writer, options.busy_timeout_ms);
    if (options.pages_max > 0)
      *writer << fmt::format("PRAGMA max_page_count={}", options.pages_max);
    if (auto migrated = migrate(*writer, migrations(), file); !migrated) {
      return std::unexpected(migrated.error());
    }
    pool->set_writer(std::move(writer));
    for (std::size_t i = 0; i < std::max<std::size_t>(options.readers, 1); ++i)
      pool->add_reader(connect(options));
    return std::unique_ptr<Database>(new Database(std::move(pool)));
  });
}

std::uint64_t Database::failures() const { return pool_->failures(); }

Result<void> Database::check() {
  return pool_->read([&](soci::session& sql) { return check_pages(sql, pool_->file()); });
}

}  // namespace tessera::persistence
