// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "tools/bots/sockets/bot_sockets.h"
#include "tools/bots/sockets/ipv4.h"

namespace tessera::bots {
namespace {

constexpr std::size_t kDatagramBytes = 1500;
constexpr int kEventsMax = 512;

class OwnSockets : public BotSockets {
 public:
  OwnSockets(int epoll, std::size_t bots) : epoll_(epoll), descriptors_(bots, -1) {}
  ~OwnSockets() override {
    for (const int descriptor : descriptors_) {
      if (descriptor >= 0) ::close(descriptor);
    }
    ::close(epoll_);
  }

  Result<void> connect(std::size_t bot, const udp::Address& server) override {
    const sockaddr_in to = ipv4_of(server);
    int& descriptor = descriptors_[bot];
    if (descriptor >= 0) ::close(descriptor);
    descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
      return failure(ErrorKind::ResourceExhausted,
                     std::string("no socket for another bot: ") + std::strerror(errno) +
                         "; raise the limit of open files (ulimit -n) or use --share-sockets");
    }
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
      return failure(ErrorKind::Unavailable,
                     "cannot reach " + server.text() + ": " + std::strerror(errno));
    }
    epoll_event event{.events = EPOLLIN, .data = {.u64 = bot}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
    return {};
  }

  void send(std::size_t bot, std::span<const std::byte> datagram) override {
    [[maybe_unused]] const auto sent =
        ::send(descriptors_[bot], datagram.data(), datagram.size(), 0);
  }
  void flush() override {}

  void receive(std::int64_t timeout_us, const Handler& handler) override {
    timespec timeout{.tv_sec = timeout_us / 1'000'000, .tv_nsec = timeout_us % 1'000'000 * 1000};
    std::size_t handled = 0;
    while (handled < kReceiveMax) {
      const int ready = ::epoll_pwait2(epoll_, events_.data(), kEventsMax, &timeout, nullptr);
      for (int i = 0; i < ready; ++i) {
        const auto bot = static_cast<std::size_t>(events_[static_cast<std::size_t>(i)].data.u64);
        // One read a wake-up: a socket with more is ready again at once, and an extra read to see
        // that there is nothing costs as much as a read that finds something.
        const auto size = ::recv(descriptors_[bot], buffer_.data(), buffer_.size(), 0);
        if (size > 0) handler(bot, std::span(buffer_).first(static_cast<std::size_t>(size)));
        ++handled;
      }
      if (ready < kEventsMax) return;
      timeout = {};
    }
  }

 private:
  int epoll_;
  std::vector<int> descriptors_;
  std::array<epoll_event, kEventsMax> events_{};
  alignas(16) std::array<std::byte, kDatagramBytes> buffer_{};
};

}  // namespace

Result<std::unique_ptr<BotSockets>> open_own_sockets(std::size_t bots) {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) {
    return failure(ErrorKind::ResourceExhausted, std::string("epoll: ") + std::strerror(errno));
  }
  return std::make_unique<OwnSockets>(epoll, bots);
}

}  // namespace tessera::bots
