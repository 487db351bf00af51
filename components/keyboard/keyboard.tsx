"use client";

import { useRouter } from "next/navigation";
import { type ComponentType, useEffect, useState } from "react";
import { type Commands, commandsAddress, keysHref } from "@/components/keyboard/commands";
import { deedOf, type KeyDeed, pagesByKey } from "@/components/keyboard/keys";

/** Between two keys that belong together, in milliseconds. */
const patience = 1500;

interface Sheet {
  Content: ComponentType<{ commands: Commands; close: () => void }>;
  commands: Commands;
}

/** Keys of an organizer's pages. What they show is loaded with the first press. */
export function Keyboard({ singleKeys }: { singleKeys: boolean }) {
  const router = useRouter();
  const [sheet, setSheet] = useState<Sheet | null>(null);

  useEffect(() => {
    const open = async (load: () => Promise<Sheet["Content"]>) => {
      try {
        const [Content, commands] = await Promise.all([load(), fetchCommands()]);
        setSheet({ Content, commands });
      } catch {
        // Signed out, or another version by now: the page that says the same.
        window.location.assign(keysHref);
      }
    };
    const act = (deed: KeyDeed): boolean => {
      switch (deed) {
        case "keys":
          open(() => import("@/components/keyboard/key-sheet").then(({ KeySheet }) => KeySheet));
          return true;
        case "commands":
          open(() => import("@/components/keyboard/palette").then(({ Palette }) => Palette));
          return true;
        case "search":
          return focusOn(document.querySelector("main input[type=search]"));
        case "next":
          return focusOn(bookingFrom(1));
        case "previous":
          return focusOn(bookingFrom(-1));
        default:
          router.push(pagesByKey[deed]);
          return true;
      }
    };
    let gAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector(busy)) return;
      const deed = deedOf(event, {
        singleKeys,
        afterG: event.timeStamp - gAt < patience,
        isTyping: isTyping(event.target),
        isOnBooking: document.activeElement?.matches(bookingLinks) ?? false,
      });
      gAt = deed === "first" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (deed && deed !== "first" && act(deed)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [singleKeys, router]);

  return sheet && <sheet.Content commands={sheet.commands} close={() => setSheet(null)} />;
}

/** A dialog or a menu has keys of its own. */
const busy = "dialog[open], [role=dialog], [role=menu]";

const bookingLinks = "a[data-booking]";

async function fetchCommands(): Promise<Commands> {
  const answer = await fetch(commandsAddress, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${commandsAddress} answered ${answer.status}`);
  return answer.json();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const field = "textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
  return target.isContentEditable || target.matches(field);
}

function focusOn(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  element.focus();
  return true;
}

/** The booking after or before the one with the focus; from elsewhere the first, and past the ends none. */
function bookingFrom(step: 1 | -1): Element | null {
  const links = [...document.querySelectorAll(bookingLinks)];
  const now = links.findIndex((link) => link.matches(":focus"));
  return links[now < 0 ? 0 : now + step] ?? null;
}
