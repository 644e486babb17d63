// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/connection.h"

#include <fmt/format.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace tessera::persistence {

Error translate(const std::exception& failed, const std::string& file) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&failed);
  // The low byte is the code, the rest its variant.
  switch (sqlite != nullptr ? sqlite->result() & 0xff : 0) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::StorageFailed,
              fmt::format("{}: another process keeps the database locked; end it (fuser -v {}), or "
                          "try again",
                          file, file)};
    case SQLITE_FULL:
      return {ErrorKind::StorageFailed,
              fmt::format("{}: the disk is full; free some space and try again: nothing that was "
                          "stored is lost",
                          file)};
    case SQLITE_READONLY:
      return {ErrorKind::StorageFailed,
              fmt::format("{}: the database cannot be written; make the file and its folder "
                          "writable for this user, or choose another folder with --data",
                          file)};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorKind::StorageFailed,
              fmt::format("{}: the database cannot be opened; the path must be a file in a folder "
                          "that this user may write to; choose another with --data",
                          file)};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorKind::Corrupt,
              fmt::format("{}: the database is damaged ({}); stop the server, keep a copy of the "
                          "file, and restore the newest backup (sqlite3 FILE .recover saves what "
                          "can still be read)",
                          file, failed.what())};
    case SQLITE_IOERR:
      return {ErrorKind::StorageFailed,
              fmt::format("{}: the disk failed or its limit is reached ({}); see dmesg, df and "
                          "ulimit -f, then try again",
                          file, failed.what())};
    case SQLITE_CONSTRAINT:
      return {ErrorKind::AlreadyExists, fmt::format("{}: {}", file, failed.what())};
    default:
      return {ErrorKind::Internal, fmt::format("{}: {}", file, failed.what())};
  }
}

Transaction::Transaction(soci::session& sql) : sql_(sql) {
  sql_ << (sql_.get_backend_name() == "sqlite3" ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    sql_ << "ROLLBACK";
  } catch (const std::exception&) {
    // SQLite has rolled back by itself, as it does when the disk is full.
  }
}

void Transaction::commit() {
  sql_ << "COMMIT";
  open_ = false;
}

void ConnectionPool::note(const Error& error) {
  if (error.kind == ErrorKind::AlreadyExists) return;
  failures_.fetch_add(1, std::memory_order_relaxed);
  failure_log_.log(platform::LogLevel::Error, "the database failed", {{"error", error.message}});
}

void ConnectionPool::add_reader(std::unique_ptr<soci::session> connection) {
  {
    const std::scoped_lock lock(readers_mutex_);
    readers_.push_back(std::move(connection));
  }
  reader_free_.notify_one();
}

std::unique_ptr<soci::session> ConnectionPool::take_reader() {
  std::unique_lock lock(readers_mutex_);
  reader_free_.wait(lock, [this] { return !readers_.empty(); });
  auto reader = std::move(readers_.back());
  readers_.pop_back();
  return reader;
}

long long next_id(soci::session& sql, const std::string& kind) {
  long long id = 0;
  sql << "UPDATE counters SET value = value + 1 WHERE name = :name", soci::use(kind);
  sql << "SELECT value FROM counters WHERE name = :name", soci::use(kind), soci::into(id);
  return id;
}

}  // namespace tessera::persistence
