"use client";

import { useEffect } from "react";

interface FrameMessagesProps {
  /** The websites (origins) that hear what happens here. */
  origins: readonly string[];
  /** Bellhop's own pages hear it, and no one else. */
  isPreview: boolean;
  /** What is shown, and how to close it. */
  words: { title: string; close: string };
  /** What was booked here: its id, and when, ISO 8601. */
  booked?: { id: string; start: string; end: string };
}

/**
 * Speaks with `embed.js` on the website around this frame: how high the page is, and what its visitor does. The website says hello first, so
 * that its origin is known, and nothing is said to any that the event type does not name.
 */
export function FrameMessages({ origins, isPreview, words, booked }: FrameMessagesProps) {
  const { title, close } = words;
  const known = isPreview ? null : origins.join(" ");
  const done = booked && JSON.stringify(booked);

  useEffect(() => {
    const { parent } = window;
    if (parent === window) return;
    let host: string | null = null;
    const say = (bellhop: string, detail: object = {}) => {
      if (host !== null) parent.postMessage({ bellhop, ...detail }, host);
    };
    const measure = () => {
      const height = document.querySelector("[data-frame]")?.getBoundingClientRect().height;
      if (height) say("height", { height: Math.ceil(height) });
    };
    const isKnown = (origin: string) => (known?.split(" ") ?? [location.origin]).includes(origin);
    const hear = ({ source, origin, data }: MessageEvent) => {
      if (source !== parent || data?.bellhop !== "host" || !isKnown(origin)) return;
      host = origin;
      say("ready", { title, close });
      measure();
      if (done) say("booked", { booked: JSON.parse(done) });
    };
    const choose = ({ target }: Event) => {
      if (!(target instanceof HTMLInputElement) || target.name !== "start" || !target.form) return;
      const minutes = Number(new FormData(target.form).get("durationMinutes"));
      const end = new Date(Date.parse(target.value) + minutes * 60_000).toISOString();
      say("slot", { slot: { start: target.value, end: end.replace(".000Z", "Z") } });
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) say("close");
    };
    const watch = new ResizeObserver(measure);
    for (const page of document.querySelectorAll("[data-frame]")) watch.observe(page);
    addEventListener("message", hear);
    document.addEventListener("change", choose);
    document.addEventListener("keydown", leave);
    // Says nothing but that it is here.
    parent.postMessage({ bellhop: "hello" }, "*");
    return () => {
      watch.disconnect();
      removeEventListener("message", hear);
      document.removeEventListener("change", choose);
      document.removeEventListener("keydown", leave);
    };
  }, [known, title, close, done]);

  return null;
}
