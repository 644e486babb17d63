// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/http/detail/router.h"

#include <gtest/gtest.h>

namespace tessera::gateway {
namespace {

constexpr Route kRoutes[] = {
    {"GET", "/a"}, {"POST", "/a"}, {"DELETE", "/a/{id}"}, {"POST", "/a/{id}/enter"}};

std::optional<RouteMatch> find(std::string_view method, std::string_view path) {
  NoRoute missing;
  return Router(kRoutes).find(method, path, missing);
}

TEST(Router, FindsRoutesByMethodAndPath) {
  EXPECT_EQ(find("GET", "/a")->route, 0u);
  EXPECT_EQ(find("HEAD", "/a")->route, 0u);
  EXPECT_EQ(find("POST", "/a")->route, 1u);
  EXPECT_EQ(find("DELETE", "/a/12")->route, 2u);
  EXPECT_EQ(find("DELETE", "/a/12")->id, 12u);
  EXPECT_EQ(find("POST", "/a/18446744073709551615/enter")->id, UINT64_MAX);
}

TEST(Router, DoesNotTakeAnythingElseForANumber) {
  for (const char* path : {"/a/", "/a/x", "/a/1x", "/a/-1", "/a/+1", "/a/ 1", "/a/1/", "/a/0x1",
                           "/a/18446744073709551616", "/a/%31"}) {
    EXPECT_FALSE(find("DELETE", path)) << path;
  }
  EXPECT_FALSE(find("POST", "/a//enter"));
  EXPECT_FALSE(find("POST", "/a/enter"));
  EXPECT_FALSE(find("POST", "/enter"));
}

TEST(Router, TellsWhichMethodsAPathHas) {
  NoRoute missing;
  EXPECT_FALSE(Router(kRoutes).find("PUT", "/a", missing));
  EXPECT_EQ(missing.allowed_methods, "GET, POST");
  missing = {};
  EXPECT_FALSE(Router(kRoutes).find("GET", "/b", missing));
  EXPECT_EQ(missing.allowed_methods, "");
}

}  // namespace
}  // namespace tessera::gateway
