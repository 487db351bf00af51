"use client";

import { useId } from "react";
import { type Commands, keysHref } from "@/components/keyboard/commands";
import { KeyList } from "@/components/keyboard/key-list";
import { Sheet } from "@/components/keyboard/sheet";
import { Button } from "@/components/ui/button";

interface KeySheetProps {
  commands: Commands;
  close: () => void;
}

/** The keys of an organizer's pages. */
export function KeySheet({ commands: { keys, words }, close }: KeySheetProps) {
  const title = useId();
  return (
    <Sheet labelledBy={title} close={close}>
      <div className="grid gap-4 overflow-y-auto p-6">
        <h2 id={title} className="text-lg">
          {words.keysTitle}
        </h2>
        <KeyList lines={keys} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <form method="dialog">
            <Button type="submit">{words.close}</Button>
          </form>
          <a href={keysHref} className="text-sm">
            {words.change}
          </a>
        </div>
      </div>
    </Sheet>
  );
}
