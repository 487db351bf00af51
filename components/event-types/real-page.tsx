"use client";

import { useEffect, useRef, useState } from "react";
import { draftField } from "@/lib/event-types/form";
import type { FormValues } from "@/lib/input/form-values";

interface RealPageProps {
  /** The page as frames show it. */
  href: string;
  /** What the editor holds at this moment. */
  typed: FormValues;
  words: { realPage: string; previewHint: string };
}

/** In milliseconds, how long no one has typed before the page is made anew. */
const patience = 600;

/**
 * The booking page itself, a third of its size, with what is typed and not saved yet; before its script has come, as it's saved. Nothing in it
 * can be pressed, since a booking there would be a real one.
 */
export function RealPage({ href, typed, words }: RealPageProps) {
  const content = JSON.stringify(Object.entries(typed).filter(([name]) => !name.startsWith("$")));
  const [sent, setSent] = useState({ count: 0, content });
  const [shown, setShown] = useState(0);
  const coming = useRef<HTMLIFrameElement>(null);

  useEffect(() => {
    if (content === sent.content) return;
    const timer = setTimeout(() => setSent({ count: sent.count + 1, content }), patience);
    return () => clearTimeout(timer);
  }, [content, sent]);

  useEffect(() => {
    if (sent.count > 0 && coming.current) sendDraft(href, coming.current.name, JSON.parse(sent.content));
  }, [href, sent]);

  // A frame of its own for each: the page before stays until the next is there, and the browser's Back knows of none of them.
  const frames = [...new Set([shown, sent.count])];
  return (
    <div
      inert
      className="relative aspect-square max-w-96 overflow-hidden rounded-md border border-hairline bg-surface lg:aspect-3/4"
    >
      {frames.map((count) => (
        <iframe
          key={count}
          ref={count === sent.count ? coming : undefined}
          name={`real-page-${count}`}
          src={count === 0 ? href : undefined}
          title={words.realPage}
          tabIndex={-1}
          aria-hidden={count !== shown}
          onLoad={({ currentTarget }) => !isBlank(currentTarget) && setShown(count)}
          className="absolute start-0 top-0 h-[300%] w-[300%] origin-top-left scale-[0.33333] aria-hidden:invisible rtl:origin-top-right"
        />
      ))}
    </div>
  );
}

/** Browsers say that an empty frame has loaded, too. */
function isBlank({ contentWindow }: HTMLIFrameElement): boolean {
  return contentWindow?.location.href === "about:blank";
}

function sendDraft(href: string, target: string, fields: [string, string][]): void {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: href, target, hidden: true });
  for (const [name, value] of [...fields, [draftField, "1"] as const]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}
