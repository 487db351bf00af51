"use client";

import { type ReactNode, useSyncExternalStore } from "react";
import { Note } from "@/components/ui/note";
import { fillIn } from "@/lib/i18n/fill-in";

interface AddressNoteProps {
  /** Origins that this installation is set up for, its own one first. */
  origins: readonly string[];
  /** "You are at {here}, …", with `{here}` in it. */
  title: string;
  children: ReactNode;
}

/**
 * Shown where the browser's address is another than the server's own. Only the browser knows its address: a proxy in front may tell the
 * server something else.
 */
export function AddressNote({ origins, title, children }: AddressNoteProps) {
  const here = useSyncExternalStore(
    () => () => {},
    () => location.origin,
    () => origins[0] ?? "",
  );
  if (origins.includes(here)) return null;
  return (
    <Note tone="warning" role="alert" title={fillIn(title, { here })}>
      {children}
    </Note>
  );
}
