// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { create, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { ChatRefusal, ServerChatSchema } from "@messages/chat_pb";
import { ChatChannel, cutText, decodeLine, parseTyped } from "./chat";

test("words are said, commands go where they say", () => {
  const line = (channel: ChatChannel, to: string, said: string) => ({
    kind: "line", channel, to, text: said,
  });
  expect(parseTyped(" hello  there ")).toEqual(line(ChatChannel.CHAT_SAY, "", "hello  there"));
  expect(parseTyped("/zone hi all")).toEqual(line(ChatChannel.CHAT_ZONE, "", "hi all"));
  expect(parseTyped("/W Ann see you")).toEqual(line(ChatChannel.CHAT_WHISPER, "Ann", "see you"));
  expect(parseTyped("/wave")).toEqual({ kind: "emote", emote: 1 });
  expect(parseTyped("/help")).toEqual({ kind: "help" });
  expect(parseTyped("/w Ann")).toEqual({ kind: "wrong", command: "/w Ann" });
  expect(parseTyped(`/w ${"a".repeat(25)} hi`).kind).toBe("wrong"); // no name is so long
  expect(parseTyped("/fly up")).toEqual({ kind: "wrong", command: "/fly" });
  expect(parseTyped("  ")).toEqual({ kind: "nothing" });
});

test("a long text is cut between two characters", () => {
  expect(cutText("a".repeat(300)).length).toBe(256);
  expect(cutText("한".repeat(100))).toBe("한".repeat(85));
});

test("what others say is text, whatever it looks like", () => {
  const bytes = toBinary(
    ServerChatSchema,
    create(ServerChatSchema, { from: "A\u202eb", text: "<b>x</b>\u2066\u0007" }),
  );
  expect(decodeLine(bytes, 1)).toMatchObject({ from: "Ab", text: "<b>x</b>" });
});

test("a refusal becomes a sentence", () => {
  const bytes = toBinary(
    ServerChatSchema,
    create(ServerChatSchema, { to: "Zoe", refusal: ChatRefusal.CHAT_NOBODY }),
  );
  expect(decodeLine(bytes, 1)).toMatchObject({
    channel: "system", text: "Nobody called Zoe is here.",
  });
});
