// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/metrics/metrics.h"

#include <prometheus/check_names.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "engine/core/assert.h"

namespace tessera::platform {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

/// One name with one set of labels. Exactly one of the four is set.
struct Series {
  std::unique_ptr<Counter> counter;
  std::unique_ptr<Gauge> gauge;
  std::unique_ptr<Histogram> histogram;
  std::function<double()> read;
};

struct Family {
  MetricType type = MetricType::Untyped;
  std::string help;
  std::map<MetricLabels, Series> series;
};

ClientMetric::Histogram collect_histogram(const Histogram& histogram) {
  ClientMetric::Histogram out;
  const auto& bounds = histogram.upper_bounds();
  for (std::size_t i = 0; i <= bounds.size(); ++i) {
    out.sample_count += histogram.in_bucket(i);
    const double bound = i < bounds.size() ? bounds[i] : std::numeric_limits<double>::infinity();
    out.bucket.push_back({.cumulative_count = out.sample_count, .upper_bound = bound});
  }
  out.sample_sum = histogram.sum();
  return out;
}

ClientMetric collect(const MetricLabels& labels, const Series& series, MetricType type) {
  ClientMetric metric;
  for (const auto& [name, value] : labels) metric.label.push_back({name, value});
  if (series.histogram) {
    metric.histogram = collect_histogram(*series.histogram);
  } else {
    const double value = series.counter ? static_cast<double>(series.counter->value())
                         : series.gauge ? series.gauge->value()
                                        : series.read();
    (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  }
  return metric;
}

}  // namespace

struct MetricsRegistry::State {
  mutable std::mutex mutex;  // for registering and scraping; values change without it
  std::map<std::string, Family> families;

  Series& series(MetricType type, const std::string& name, const std::string& help,
                 const MetricLabels& labels) {
    TESSERA_ASSERT(prometheus::CheckMetricName(name), "metrics: not a metric name");
    for (const auto& [label, value] : labels) {
      TESSERA_ASSERT(prometheus::CheckLabelName(label), "metrics: not a label name");
    }
    Family& family = families[name];
    if (family.series.empty()) {
      family.type = type;
      family.help = help;
    }
    TESSERA_ASSERT(family.type == type, "metrics: one name used for two kinds of metric");
    return family.series[labels];
  }

  void remove(const std::string& name, const MetricLabels& labels) {
    const std::lock_guard lock(mutex);
    Family& family = families[name];
    family.series.erase(labels);
    if (family.series.empty()) families.erase(name);
  }

  /// The registration holds the state, so it may outlive the registry.
  static std::shared_ptr<void> add_callback(const std::shared_ptr<State>& state, MetricType type,
                                            const std::string& name, const std::string& help,
                                            std::function<double()> read,
                                            const MetricLabels& labels) {
    const std::lock_guard lock(state->mutex);
    Series& series = state->series(type, name, help, labels);
    TESSERA_ASSERT(!series.read && !series.counter && !series.gauge,
                   "metrics: a callback for a metric that exists");
    series.read = std::move(read);
    return {nullptr, [state, name, labels](void*) { state->remove(name, labels); }};
  }
};

Histogram::Histogram(std::vector<double> upper_bounds)
    : upper_bounds_(std::move(upper_bounds)),
      buckets_(std::make_unique<std::atomic<std::uint64_t>[]>(upper_bounds_.size() + 1)) {
  TESSERA_ASSERT(std::ranges::is_sorted(upper_bounds_), "Histogram: bounds must ascend");
}

void Histogram::observe(double value) {
  const auto bound = std::ranges::lower_bound(upper_bounds_, value);
  const auto bucket = static_cast<std::size_t>(bound - upper_bounds_.begin());
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(value, std::memory_order_relaxed);
}

std::uint64_t Histogram::in_bucket(std::size_t bucket) const {
  return buckets_[bucket].load(std::memory_order_relaxed);
}

MetricsRegistry::MetricsRegistry() : state_(std::make_shared<State>()) {}
MetricsRegistry::~MetricsRegistry() = default;

Counter& MetricsRegistry::counter(const std::string& name, const std::string& help,
                                  const MetricLabels& labels) {
  const std::lock_guard lock(state_->mutex);
  Series& series = state_->series(MetricType::Counter, name, help, labels);
  TESSERA_ASSERT(!series.read, "metrics: a counter for a metric that has a callback");
  if (!series.counter) series.counter = std::make_unique<Counter>();
  return *series.counter;
}

Gauge& MetricsRegistry::gauge(const std::string& name, const std::string& help,
                              const MetricLabels& labels) {
  const std::lock_guard lock(state_->mutex);
  Series& series = state_->series(MetricType::Gauge, name, help, labels);
  TESSERA_ASSERT(!series.read, "metrics: a gauge for a metric that has a callback");
  if (!series.gauge) series.gauge = std::make_unique<Gauge>();
  return *series.gauge;
}

Histogram& MetricsRegistry::histogram(const std::string& name, const std::string& help,
                                      std::vector<double> upper_bounds,
                                      const MetricLabels& labels) {
  const std::lock_guard lock(state_->mutex);
  Series& series = state_->series(MetricType::Histogram, name, help, labels);
  if (!series.histogram) series.histogram = std::make_unique<Histogram>(std::move(upper_bounds));
  return *series.histogram;
}

MetricCallback MetricsRegistry::gauge_callback(const std::string& name, const std::string& help,
                                               std::function<double()> read,
                                               const MetricLabels& labels) {
  return MetricCallback(
      State::add_callback(state_, MetricType::Gauge, name, help, std::move(read), labels));
}

MetricCallback MetricsRegistry::counter_callback(const std::string& name, const std::string& help,
                                                 std::function<double()> read,
                                                 const MetricLabels& labels) {
  return MetricCallback(
      State::add_callback(state_, MetricType::Counter, name, help, std::move(read), labels));
}

std::string MetricsRegistry::prometheus_text() const {
  std::vector<MetricFamily> families;
  {
    const std::lock_guard lock(state_->mutex);
    for (const auto& [name, family] : state_->families) {
      MetricFamily& out = families.emplace_back();
      out.name = name;
      out.help = family.help;
      out.type = family.type;
      for (const auto& [labels, series] : family.series) {
        out.metric.push_back(collect(labels, series, family.type));
      }
    }
  }
  const prometheus::Serializer& serializer = prometheus::TextSerializer();
  return serializer.Serialize(families);
}

}  // namespace tessera::platform
