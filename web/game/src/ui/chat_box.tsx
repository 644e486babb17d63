// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { useEffect, useRef, useState } from "preact/hooks";
import type { App } from "../app";
import { ChatChannel, type Line } from "../chat";
import { useStore } from "../store";
import { text } from "../text/text";

const kClasses = {
  [ChatChannel.CHAT_SAY]: "say",
  [ChatChannel.CHAT_ZONE]: "zone",
  [ChatChannel.CHAT_WHISPER]: "whisper",
  system: "system",
};

function head({ channel, from, to }: Line): string {
  if (channel === ChatChannel.CHAT_ZONE) return text("chat.zone", { from });
  if (channel === ChatChannel.CHAT_WHISPER) return text("chat.whisper", { from, to });
  return channel === "system" ? "" : text("chat.says", { from });
}

function ChatLine({ line }: { line: Line }) {
  const said = head(line);
  return (
    <li class={kClasses[line.channel]}>
      {said && (
        <>
          <bdi class="from">{said}</bdi>:{" "}
        </>
      )}
      <bdi>{line.text}</bdi>
    </li>
  );
}

export function ChatBox({ app }: { app: App }) {
  const { chat } = useStore(app.state);
  const [typed, setTyped] = useState("");
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [chat]);
  const leave = (): void => document.querySelector<HTMLElement>("#world")?.focus();
  return (
    <form
      class="chat"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() === "") return leave();
        app.chatTyped(typed);
        setTyped("");
        leave();
      }}
    >
      <ol ref={list} aria-live="polite" aria-label={text("hud.chat")}>
        {chat.map((line) => (
          <ChatLine key={line.id} line={line} />
        ))}
      </ol>
      <input
        id="chat-input"
        aria-label={text("hud.chat")}
        placeholder={text("chat.placeholder")}
        autocomplete="off"
        maxLength={256}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && leave()}
      />
    </form>
  );
}
