// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Numbers that operators watch, told in Prometheus' text format.
//
//   Counter& drops = metrics.counter("tessera_udp_drops_total", "Datagrams dropped.");
//   drops.add();
//
// Register once, at start: registering takes a lock and allocates, a second registration of the
// same name and labels gives the same metric. Changing a value is one relaxed atomic operation, for
// any thread. The registry must outlive all who hold its metrics.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tessera::platform {

/// Only grows. By convention its name ends in `_total`.
class alignas(64) Counter {
 public:
  void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class alignas(64) Gauge {
 public:
  void set(double value) { value_.store(value, std::memory_order_relaxed); }
  void add(double difference) { value_.fetch_add(difference, std::memory_order_relaxed); }
  double value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

/// Counts observations by size. Bounds are upper, inclusive and ascending; what is larger than the
/// last is counted only in the total.
class Histogram {
 public:
  explicit Histogram(std::vector<double> upper_bounds);

  void observe(double value);
  const std::vector<double>& upper_bounds() const { return upper_bounds_; }
  /// Observations in one bucket (not cumulative); the bucket after the last bound holds the rest.
  std::uint64_t in_bucket(std::size_t bucket) const;
  double sum() const { return sum_.load(std::memory_order_relaxed); }

 private:
  std::vector<double> upper_bounds_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> buckets_;
  std::atomic<double> sum_{0};
};

using MetricLabels = std::map<std::string, std::string>;

/// Takes a callback out again when it ends, after a scrape that is running. Keep it beside what the
/// callback reads.
class [[nodiscard]] MetricCallback {
 public:
  MetricCallback() = default;

 private:
  friend class MetricsRegistry;
  explicit MetricCallback(std::shared_ptr<void> registration)
      : registration_(std::move(registration)) {}
  std::shared_ptr<void> registration_;
};

class MetricsRegistry {
 public:
  MetricsRegistry();
  MetricsRegistry(const MetricsRegistry&) = delete;
  MetricsRegistry& operator=(const MetricsRegistry&) = delete;
  ~MetricsRegistry();

  /// `name`: [a-zA-Z_:][a-zA-Z0-9_:]*, one kind of metric and one help text per name.
  Counter& counter(const std::string& name, const std::string& help,
                   const MetricLabels& labels = {});
  Gauge& gauge(const std::string& name, const std::string& help, const MetricLabels& labels = {});
  Histogram& histogram(const std::string& name, const std::string& help,
                       std::vector<double> upper_bounds, const MetricLabels& labels = {});
  /// A gauge or counter whose value is asked for at each scrape, on the scraping thread; `read`
  /// must not touch this registry.
  MetricCallback gauge_callback(const std::string& name, const std::string& help,
                                std::function<double()> read, const MetricLabels& labels = {});
  MetricCallback counter_callback(const std::string& name, const std::string& help,
                                  std::function<double()> read, const MetricLabels& labels = {});

  /// All metrics, by name, in Prometheus' text exposition format 0.0.4.
  std::string prometheus_text() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace tessera::platform
