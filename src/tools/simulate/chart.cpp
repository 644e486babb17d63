// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <fmt/format.h>

#include <algorithm>

#include "tools/inspect/drawing/brush.h"
#include "tools/inspect/drawing/image.h"
#include "tools/inspect/drawing/letters.h"
#include "tools/simulate/simulate_fights.h"

namespace tessera::simulate {
namespace {

using inspect::Colour;
using inspect::Image;
using inspect::Stencil;

// In pixels of the image, which is drawn at twice the size.
constexpr float kScale = 2;
constexpr int kWidth = 860;
constexpr float kMargin = 20;
constexpr float kLabel = 330;  ///< bars begin here
constexpr float kBar = 440;    ///< the longest one
constexpr float kRow = 20;
constexpr float kThick = 12;
constexpr std::size_t kAbilities = 12;
constexpr Colour kPaper = Colour::of(0xffffff);
constexpr Colour kInk = Colour::of(0x1d2b33);
constexpr std::array<Colour, 2> kSides{Colour::of(0x2f6fb3), Colour::of(0xc0552d)};

class Chart {
 public:
  explicit Chart(std::size_t rows)
      : image_(static_cast<int>(kWidth * kScale),
               static_cast<int>((2 * kMargin + static_cast<float>(rows) * kRow) * kScale), kPaper),
        stencil_(image_.width(), image_.height()) {}

  void heading(std::string_view text) { write(kMargin, text, kInk), next(); }

  /// A bar with its confidence interval as a thin line.
  void bar(std::string_view label, std::string_view value, double share, double confidence,
           Colour colour) {
    write(kMargin, label, kInk);
    const auto end = kLabel + kBar * static_cast<float>(std::clamp(share, 0.0, 1.0));
    box(kLabel, end, kThick, colour);
    if (confidence > 0) {
      const auto half = kBar * static_cast<float>(confidence);
      box(std::max(end - half, kLabel), end + half, 2, kInk);
    }
    write(end + kBar * static_cast<float>(confidence) + 6, value, kInk);
    next();
  }
  void gap() { next(); }

  Result<std::vector<std::byte>> encode() const { return inspect::encode_png(halved(image_)); }

 private:
  void next() { top_ += kRow; }
  void write(float x, std::string_view text, Colour colour) {
    add_text(stencil_, math::Vec2{x, top_ + 2} * kScale, text, kScale * 1.2f);
    stencil_.paint(image_, {colour});
  }
  void box(float from, float to, float thick, Colour colour) {
    const float low = top_ + (kThick - thick) / 2;
    const std::array<math::Vec2, 4> corners{
        math::Vec2{from, low} * kScale, math::Vec2{to, low} * kScale,
        math::Vec2{to, low + thick} * kScale, math::Vec2{from, low + thick} * kScale};
    stencil_.add_polygon(corners);
    stencil_.paint(image_, {colour});
  }

  Image image_;
  Stencil stencil_;
  float top_ = kMargin;
};

}  // namespace

Result<std::vector<std::byte>> chart_of(const FightReport& report) {
  std::array<std::vector<std::pair<std::string, double>>, 2> damage;
  double most = 1;
  std::size_t rows = 5;
  for (std::size_t i = 0; i < 2; ++i) {
    damage[i] = most_damage(report.sides[i], kAbilities);
    rows += damage[i].size() + 2;
    if (!damage[i].empty()) most = std::max(most, damage[i].front().second);
  }
  Chart chart(rows);
  chart.heading(fmt::format("{} FIGHTS  WINS", report.fights));
  for (std::size_t i = 0; i < 2; ++i) {
    const Contestant& side = report.options.sides[i];
    const WinRate wins = win_rate(report.sides[i].wins, report.fights);
    chart.bar(fmt::format("{} {}", side.class_name, side.level),
              fmt::format("{:.0f}", 100 * wins.share), wins.share, wins.confidence, kSides[i]);
  }
  for (std::size_t i = 0; i < 2; ++i) {
    chart.gap();
    chart.heading(fmt::format("DAMAGE OF {} A FIGHT", report.options.sides[i].class_name));
    for (const auto& [name, amount] : damage[i]) {
      chart.bar(name, fmt::format("{:.0f}", amount), amount / most, 0, kSides[i]);
    }
  }
  return chart.encode();
}

}  // namespace tessera::simulate
