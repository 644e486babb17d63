// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/udp/waiter.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace tessera::udp {
namespace {

Error last_error(const char* doing) {
  return {ErrorKind::ResourceExhausted, std::string(doing) + ": " + std::strerror(errno)};
}

}  // namespace

Waiter::Waiter(Waiter&& other) noexcept
    : epoll_(std::exchange(other.epoll_, -1)), event_(std::exchange(other.event_, -1)) {}

Waiter& Waiter::operator=(Waiter&& other) noexcept {
  std::swap(epoll_, other.epoll_);
  std::swap(event_, other.event_);
  return *this;
}

Waiter::~Waiter() {
  if (epoll_ >= 0) close(epoll_);
  if (event_ >= 0) close(event_);
}

Result<Waiter> Waiter::open() {
  Waiter waiter(epoll_create1(EPOLL_CLOEXEC), eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (waiter.epoll_ < 0 || waiter.event_ < 0)
    return std::unexpected(last_error("cannot open epoll"));
  if (auto watched = waiter.watch(waiter.event_); !watched) return std::unexpected(watched.error());
  return waiter;
}

Result<void> Waiter::watch(int descriptor) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = descriptor;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) {
    return std::unexpected(last_error("cannot watch a descriptor"));
  }
  return {};
}

bool Waiter::wait(std::int64_t timeout_us) {
  std::array<epoll_event, 8> events{};
  timespec time{timeout_us / 1'000'000, timeout_us % 1'000'000 * 1'000};
  const int count = epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()),
                                 timeout_us < 0 ? nullptr : &time, nullptr);
  bool readable = false;
  for (int i = 0; i < count; ++i) {
    if (events[static_cast<std::size_t>(i)].data.fd != event_) {
      readable = true;
      continue;
    }
    std::uint64_t wakes = 0;
    [[maybe_unused]] const auto size = read(event_, &wakes, sizeof(wakes));
  }
  return readable;
}

void Waiter::wake() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto size = write(event_, &one, sizeof(one));
}

}  // namespace tessera::udp
