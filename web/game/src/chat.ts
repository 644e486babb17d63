// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Chat: what the player types becomes a line or a command, what the server tells becomes lines to
// show. Texts are never anything but text.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  ChatChannel,
  ChatRefusal,
  ClientChatSchema,
  ServerChatSchema,
} from "@messages/chat_pb";
import { kNameBytes } from "./core/client_core";
import { shownText } from "./text/shown_text";
import { text, type TextKey } from "./text/text";

export { ChatChannel };

export interface Line {
  id: number;
  channel: ChatChannel | "system";
  from: string;
  to: string;
  text: string;
}

/** Emotes that can be typed, by their number (gameplay/emotes/emote_table.h). */
export const kEmotes: Record<string, number> = {
  wave: 1,
  bow: 2,
  cheer: 3,
  dance: 4,
  laugh: 5,
  sit: 6,
  point: 7,
  salute: 8,
};

export type Typed =
  | { kind: "line"; channel: ChatChannel; to: string; text: string }
  | { kind: "emote"; emote: number }
  | { kind: "help" }
  | { kind: "wrong"; command: string }
  | { kind: "nothing" };

const kChannels: Record<string, ChatChannel> = {
  s: ChatChannel.CHAT_SAY,
  say: ChatChannel.CHAT_SAY,
  z: ChatChannel.CHAT_ZONE,
  zone: ChatChannel.CHAT_ZONE,
};

/** kChatTextBytesMax of protocol/limits.h. */
const kTextBytesMax = 256;

/** As much of a text as a line carries, cut between two characters. */
export function cutText(said: string): string {
  let bytes = 0;
  let out = "";
  for (const character of said) {
    bytes += new TextEncoder().encode(character).length;
    if (bytes > kTextBytesMax) break;
    out += character;
  }
  return out;
}

/** "/whisper Ann hi", "/zone hello", "/wave", or words without a command. */
export function parseTyped(typed: string): Typed {
  const line = typed.trim();
  if (line === "") return { kind: "nothing" };
  if (!line.startsWith("/")) {
    return { kind: "line", channel: ChatChannel.CHAT_SAY, to: "", text: cutText(line) };
  }
  const [command = "", ...words] = line.slice(1).split(/\s+/);
  const name = command.toLowerCase();
  const rest = words.join(" ");
  const channel = Object.hasOwn(kChannels, name) ? kChannels[name] : undefined;
  if (channel !== undefined) {
    return rest ? { kind: "line", channel, to: "", text: cutText(rest) } : { kind: "nothing" };
  }
  if (name === "w" || name === "whisper") {
    const [to = "", ...said] = words;
    const isName = new TextEncoder().encode(to).length < kNameBytes;
    if (said.length === 0 || !isName) return { kind: "wrong", command: line };
    return { kind: "line", channel: ChatChannel.CHAT_WHISPER, to, text: cutText(said.join(" ")) };
  }
  const emote = Object.hasOwn(kEmotes, name) ? kEmotes[name] : undefined;
  if (emote !== undefined) return { kind: "emote", emote };
  return name === "help" ? { kind: "help" } : { kind: "wrong", command: `/${command}` };
}

export function encodeLine(channel: ChatChannel, to: string, said: string): Uint8Array {
  const utf8 = new TextEncoder();
  const message = { channel, to: utf8.encode(to), text: utf8.encode(said) };
  return toBinary(ClientChatSchema, create(ClientChatSchema, message));
}

const kRefusals: Partial<Record<ChatRefusal, TextKey>> = {
  [ChatRefusal.CHAT_TOO_FAST]: "chat.too_fast",
  [ChatRefusal.CHAT_NOBODY]: "chat.nobody",
  [ChatRefusal.CHAT_TOO_BUSY]: "chat.too_busy",
  [ChatRefusal.CHAT_MUTED]: "chat.muted",
};

/** A line of the server, ready to be shown. */
export function decodeLine(bytes: Uint8Array, id: number): Line {
  const { channel, from, to, text: said, refusal } = fromBinary(ServerChatSchema, bytes);
  if (refusal !== ChatRefusal.CHAT_SENT) {
    const key = kRefusals[refusal] ?? "chat.too_busy";
    return { id, channel: "system", from: "", to: "", text: text(key, { name: shownText(to) }) };
  }
  return { id, channel, from: shownText(from), to: shownText(to), text: shownText(said) };
}
