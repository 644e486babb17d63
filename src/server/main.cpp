// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <cstdio>

int main() {
  std::puts("tessera 0.1.0");
  return 0;
}
