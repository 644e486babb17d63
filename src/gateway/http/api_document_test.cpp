// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// docs/api.yaml lists exactly the routes that there are.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "gateway/http/api.h"

namespace tessera::gateway {
namespace {

// "GET /healthz", from the two levels below `paths:`; enough YAML for a file of ours.
std::set<std::string> documented_routes() {
  std::ifstream file("docs/api.yaml");
  EXPECT_TRUE(file) << "run from the root of the source tree";
  std::set<std::string> routes;
  std::string line, path;
  bool in_paths = false;
  while (std::getline(file, line)) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == 0) in_paths = line == "paths:";
    if (!in_paths || !line.ends_with(':')) continue;
    const std::string key = line.substr(indent, line.size() - indent - 1);
    if (indent == 2) path = key;
    if (indent == 4) {
      std::string method = key;
      for (char& c : method) c = static_cast<char>(std::toupper(c));
      routes.insert(method.append(" ").append(path));
    }
  }
  return routes;
}

TEST(ApiDocument, ListsExactlyTheRoutesOfTheServer) {
  std::set<std::string> routes;
  for (const Route& route : Api::routes()) {
    routes.insert(std::string(route.method) + " " + std::string(route.pattern));
  }
  EXPECT_EQ(documented_routes(), routes);
}

}  // namespace
}  // namespace tessera::gateway
