// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Wakes a thread that sleeps in epoll, and costs nothing while it is awake: the system call is made
// only when the sleeper has said that it sleeps. Many threads may ring, one waits.
#pragma once

#include <atomic>

namespace tessera::cluster {

class Doorbell {
 public:
  Doorbell();
  ~Doorbell();
  Doorbell(const Doorbell&) = delete;
  Doorbell& operator=(const Doorbell&) = delete;

  /// Any thread, after it has made its work visible.
  void ring();
  /// The waiting thread: from now on ring() writes to fd(). Afterwards it looks at its queues once
  /// more, sleeps only if they are empty, and calls awake() in either case.
  void about_to_sleep();
  /// The waiting thread: empties fd(), so that the next sleep is not cut short by an old ring.
  void awake();
  /// Readable when rung; for epoll or Asio.
  int fd() const { return fd_; }

 private:
  int fd_ = -1;
  std::atomic<bool> sleeping_{false};
};

}  // namespace tessera::cluster
