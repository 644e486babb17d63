// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Builds a TriangleTree from above: a node takes its triangles, splits them in two where the
// surface-area heuristic says (64 bins along each axis), then splits the costlier part again until
// there are eight.
#include <algorithm>
#include <cmath>

#include "engine/core/assert.h"
#include "engine/physics/mesh/triangle_tree.h"

namespace tessera::physics {
namespace {

using math::Vec3;

constexpr std::size_t kBins = 64;
constexpr std::uint32_t kBlockTriangles = 4;
/// From this depth on parts are halved by number, which ends after another 13 levels at most.
constexpr int kHeuristicDepthMax = 40;

float part_of(Vec3 v, int axis) { return axis == 0 ? v.x : axis == 1 ? v.y : v.z; }

float surface(const Bounds& bounds) {
  const Vec3 size = bounds.high - bounds.low;
  return size.x * size.y + size.y * size.z + size.z * size.x;
}

/// Triangles [first, first + count) of the builder's order.
struct Part {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  Bounds bounds;

  float cost() const { return surface(bounds) * static_cast<float>(count); }
};

struct Split {
  float cost = std::numeric_limits<float>::infinity();
  int axis = 0;
  float place = 0;
};

}  // namespace

class TriangleTree::Builder {
 public:
  Builder(TriangleTree& tree, std::span<const Triangle> triangles)
      : tree_(tree), triangles_(triangles) {
    order_.resize(triangles.size());
    boxes_.reserve(triangles.size());
    middles_.reserve(triangles.size());
    for (std::uint32_t i = 0; i < order_.size(); ++i) {
      order_[i] = i;
      const Bounds box = bounds_of(triangles[i]);
      boxes_.push_back(box);
      middles_.push_back((box.low + box.high) * 0.5f);
    }
  }

  void build() {
    const Part all = part(0, static_cast<std::uint32_t>(order_.size()));
    tree_.bounds_ = all.bounds;
    tree_.places_.resize(order_.size());
    add_node(all, 0);
  }

 private:
  Part part(std::uint32_t first, std::uint32_t count) const {
    Part made{first, count, {}};
    for (std::uint32_t i = first; i < first + count; ++i) made.bounds.add(boxes_[order_[i]]);
    return made;
  }

  Split best_split(const Part& whole) const {
    Bounds middles;
    for (std::uint32_t i = whole.first; i < whole.first + whole.count; ++i) {
      middles.add(middles_[order_[i]]);
    }
    Split best;
    for (int axis = 0; axis < 3; ++axis) {
      const float low = part_of(middles.low, axis);
      const float width = part_of(middles.high, axis) - low;
      if (!(width > 0)) continue;
      try_axis(whole, axis, low, width, best);
    }
    return best;
  }

  void try_axis(const Part& whole, int axis, float low, float width, Split& best) const {
    struct Bin {
      Bounds bounds;
      std::uint32_t count = 0;
    };
    std::array<Bin, kBins> bins;
    for (std::uint32_t i = whole.first; i < whole.first + whole.count; ++i) {
      const std::uint32_t triangle = order_[i];
      const float share = (part_of(middles_[triangle], axis) - low) / width;
      const auto bin =
          std::min(kBins - 1, static_cast<std::size_t>(share * static_cast<float>(kBins)));
      bins[bin].bounds.add(boxes_[triangle]);
      ++bins[bin].count;
    }
    std::array<float, kBins> cost_behind{};  // of the bins from each one on
    Bounds bounds;
    std::uint32_t count = 0;
    for (std::size_t bin = kBins; bin-- > 1;) {
      bounds.add(bins[bin].bounds);
      count += bins[bin].count;
      cost_behind[bin] = count > 0 ? surface(bounds) * static_cast<float>(count) : 0;
    }
    bounds = {};
    count = 0;
    for (std::size_t bin = 0; bin + 1 < kBins; ++bin) {
      bounds.add(bins[bin].bounds);
      count += bins[bin].count;
      if (count == 0 || count == whole.count) continue;
      const float cost = surface(bounds) * static_cast<float>(count) + cost_behind[bin + 1];
      if (cost >= best.cost) continue;
      const float share = static_cast<float>(bin + 1) / static_cast<float>(kBins);
      best = {cost, axis, low + width * share};
    }
  }

  /// Puts those in front that lie below the best split, keeping their order; returns how many.
  std::uint32_t reorder(const Part& whole, int depth) {
    const Split split = depth < kHeuristicDepthMax ? best_split(whole) : Split{};
    const std::span<std::uint32_t> part = std::span(order_).subspan(whole.first, whole.count);
    std::uint32_t below = 0;
    behind_.clear();
    for (const std::uint32_t triangle : part) {
      if (part_of(middles_[triangle], split.axis) < split.place) {
        part[below++] = triangle;
      } else {
        behind_.push_back(triangle);
      }
    }
    std::ranges::copy(behind_, part.begin() + below);
    // All lie in one place, or it is deep enough: any half will do.
    const bool none = split.cost == std::numeric_limits<float>::infinity();
    return none || below == 0 || below == whole.count ? whole.count / 2 : below;
  }

  std::int32_t add_block(const Part& leaf) {
    FourTriangles block{};
    block.number.fill(FourTriangles::kNoTriangle);
    for (std::uint32_t lane = 0; lane < leaf.count; ++lane) {
      const std::uint32_t number = order_[leaf.first + lane];
      block.a.set_lane(lane, triangles_[number].a);
      block.b.set_lane(lane, triangles_[number].b);
      block.c.set_lane(lane, triangles_[number].c);
      block.number[lane] = number;
      tree_.places_[number] = static_cast<std::uint32_t>(tree_.blocks_.size()) * 4 + lane;
    }
    tree_.blocks_.push_back(block);
    return ~static_cast<std::int32_t>(tree_.blocks_.size() - 1);
  }

  std::int32_t add_node(const Part& whole, int depth) {
    TESSERA_ASSERT(depth < kDepthMax, "triangle tree: too deep");
    std::array<Part, kChildren> parts{whole};
    std::size_t count = 1;
    while (count < parts.size()) {
      Part* costliest = nullptr;
      for (Part& candidate : std::span(parts).first(count)) {
        if (candidate.count <= kBlockTriangles) continue;
        if (costliest == nullptr || candidate.cost() > costliest->cost()) costliest = &candidate;
      }
      if (costliest == nullptr) break;
      const Part split = *costliest;
      const std::uint32_t left = reorder(split, depth);
      *costliest = part(split.first, left);
      parts[count++] = part(split.first + left, split.count - left);
    }
    const std::size_t index = tree_.nodes_.size();
    tree_.nodes_.emplace_back();
    for (std::size_t lane = 0; lane < parts.size(); ++lane) {
      // Nothing touches a point that far away, and no ray reaches it.
      constexpr Vec3 kNowhere{Bounds::kFar, Bounds::kFar, Bounds::kFar};
      const Bounds bounds = lane < count ? parts[lane].bounds : Bounds{kNowhere, kNowhere};
      std::int32_t child = 0;
      if (lane < count) {
        child = parts[lane].count <= kBlockTriangles ? add_block(parts[lane])
                                                     : add_node(parts[lane], depth + 1);
      }
      Node& node = tree_.nodes_[index];  // children may have moved it
      for (std::size_t axis = 0; axis < 3; ++axis) {
        node.sides[axis][lane] = part_of(bounds.low, static_cast<int>(axis));
        node.sides[axis + 3][lane] = part_of(bounds.high, static_cast<int>(axis));
      }
      node.child[lane] = child;
    }
    return static_cast<std::int32_t>(index);
  }

  TriangleTree& tree_;
  std::span<const Triangle> triangles_;
  std::vector<std::uint32_t> order_;
  std::vector<Bounds> boxes_;
  std::vector<Vec3> middles_;
  std::vector<std::uint32_t> behind_;
};

TriangleTree::TriangleTree(std::span<const Triangle> triangles) {
  TESSERA_ASSERT(triangles.size() <= kTrianglesMax, "triangle tree: too many triangles");
  if (!triangles.empty()) Builder(*this, triangles).build();
}

}  // namespace tessera::physics
