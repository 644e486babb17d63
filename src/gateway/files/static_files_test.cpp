// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/files/static_files.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>

#include "engine/platform/files.h"
#include "gateway/files/site.h"

namespace tessera::gateway {
namespace {

using websocket::Request;
using websocket::Response;

Request get(std::string path, std::vector<std::pair<std::string, std::string>> headers = {}) {
  return {.method = "GET",
          .path = std::move(path),
          .query = {},
          .peer_address = "127.0.0.1",
          .headers = std::move(headers)};
}

std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

std::string unzipped(const std::string& gzip) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
  stream.avail_in = static_cast<uInt>(gzip.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

const std::string kText(5000, 'x');

TEST(StaticFiles, GivesWhatTheBrowserTakes) {
  StaticFiles files;
  StaticFile file = make_static_file("text/plain", kText, Caching::Forever);
  file.brotli = std::make_shared<const std::string>("as brotli");
  files.put("/a", file);
  const auto plain = files.answer(get("/a"));
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->status, 200u);
  EXPECT_EQ(*plain->shared_body, kText);
  EXPECT_EQ(header_of(*plain, "Content-Encoding"), "");
  EXPECT_EQ(header_of(*plain, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header_of(*plain, "Cache-Control"), "public, max-age=31536000, immutable");
  const auto gzip = files.answer(get("/a", {{"accept-encoding", "deflate, gzip;q=0.8"}}));
  EXPECT_EQ(header_of(*gzip, "Content-Encoding"), "gzip");
  EXPECT_EQ(unzipped(*gzip->shared_body), kText);
  const auto brotli = files.answer(get("/a", {{"accept-encoding", "gzip, deflate, br"}}));
  EXPECT_EQ(header_of(*brotli, "Content-Encoding"), "br");
  EXPECT_EQ(*brotli->shared_body, "as brotli");
  const auto refused = files.answer(get("/a", {{"accept-encoding", "gzip;q=0, br;q=0"}}));
  EXPECT_EQ(header_of(*refused, "Content-Encoding"), "");
}

TEST(StaticFiles, AnswersAKnownEtagWithoutABody) {
  StaticFiles files;
  files.put("/a", make_static_file("text/plain", kText, Caching::Ask));
  const auto first = files.answer(get("/a"));
  const std::string etag = header_of(*first, "ETag");
  EXPECT_EQ(etag.size(), 18u);
  EXPECT_EQ(header_of(*first, "Cache-Control"), "no-cache");
  const auto again = files.answer(get("/a", {{"if-none-match", "\"other\", " + etag}}));
  EXPECT_EQ(again->status, 304u);
  EXPECT_EQ(again->shared_body, nullptr);
  files.put("/a", make_static_file("text/plain", "new", Caching::Ask));
  EXPECT_EQ(files.answer(get("/a", {{"if-none-match", etag}}))->status, 200u);
}

TEST(StaticFiles, SaysWhatItNeedsForAFileThatIsKeptCompressedOnly) {
  StaticFiles files;
  files.put("/a", make_static_file("text/plain", kText, Caching::Ask, false));
  const auto refused = files.answer(get("/a"));
  EXPECT_EQ(refused->status, 406u);
  EXPECT_NE(refused->body.find("Accept-Encoding: gzip"), std::string::npos);
  EXPECT_EQ(files.answer(get("/a", {{"accept-encoding", "gzip"}}))->status, 200u);
}

TEST(StaticFiles, APageMayRunNothingButOurOwn) {
  StaticFiles files;
  files.put("/", make_static_file("text/html; charset=utf-8", "<p>", Caching::Ask));
  const std::string policy = header_of(*files.answer(get("/")), "Content-Security-Policy");
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(policy.find("script-src 'self' 'wasm-unsafe-eval';"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe-inline"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
}

TEST(StaticFiles, LeavesAllElseToOthers) {
  StaticFiles files;
  files.put("/content/a/1/x", make_static_file("text/plain", "1", Caching::Forever));
  files.put("/content/a/2/x", make_static_file("text/plain", "2", Caching::Forever));
  EXPECT_FALSE(files.answer(get("/content/a")));
  EXPECT_FALSE(files.answer(get("/content/a/../a/1/x")));
  Request post = get("/content/a/1/x");
  post.method = "POST";
  EXPECT_FALSE(files.answer(post));
  files.remove_below("/content/a/1/");
  EXPECT_FALSE(files.answer(get("/content/a/1/x")));
  EXPECT_TRUE(files.answer(get("/content/a/2/x")));
  EXPECT_EQ(files.count(), 1u);
}

class ClientFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* const test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = ::testing::TempDir() + "/tessera_client_folder_" + test->name();
    std::filesystem::remove_all(folder_);
    EXPECT_TRUE(platform::create_directories(folder_ + "/assets"));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) {
    EXPECT_TRUE(platform::write_text_file(folder_ + "/" + name, text));
  }
  std::string folder_;
  StaticFiles files_;
};

TEST_F(ClientFolder, IsServedWithItsIndexAtTheRoot) {
  write("index.html", "<p>page");
  write("assets/app-1a2b.js", "run()");
  write("assets/app-1a2b.js.br", "small");
  ASSERT_TRUE(add_client_folder(files_, folder_));
  EXPECT_EQ(files_.count(), 2u);
  EXPECT_EQ(files_.answer(get("/"))->content_type, "text/html; charset=utf-8");
  const auto script = files_.answer(get("/assets/app-1a2b.js", {{"accept-encoding", "br"}}));
  EXPECT_EQ(script->content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(*script->shared_body, "small");
  EXPECT_NE(header_of(*script, "Cache-Control").find("immutable"), std::string::npos);
}

TEST_F(ClientFolder, WithoutAPageSaysHowToMakeOne) {
  const auto added = add_client_folder(files_, folder_);
  ASSERT_FALSE(added);
  EXPECT_NE(added.error().message.find("scripts/web"), std::string::npos);
}

TEST(Site, AsksTheApiForWhatIsNoFile) {
  struct Teapot final : websocket::HttpHandler {
    void on_request(const Request&, websocket::Responder respond) override {
      respond({.status = 418});
    }
  } api;
  StaticFiles files;
  files.put("/a", make_static_file("text/plain", "a", Caching::Ask));
  Site site(files, api);
  unsigned status = 0;
  site.on_request(get("/a"), [&](const Response& response) { status = response.status; });
  EXPECT_EQ(status, 200u);
  site.on_request(get("/b"), [&](const Response& response) { status = response.status; });
  EXPECT_EQ(status, 418u);
}

}  // namespace
}  // namespace tessera::gateway
