"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

/** What Chromium hands to a page that can be installed. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

interface InstallHintProps {
  words: { title: string; text: string; install: string; byHand: string; dismiss: string };
}

const dismissedKey = "bellhop-install-hint";

/** That Bellhop can be an app on this device, where it can and isn't yet. Nothing without scripts, which installing takes too. */
export function InstallHint({ words }: InstallHintProps) {
  const [way, setWay] = useState<InstallEvent | "by-hand" | null>(null);
  useEffect(() => {
    if (localStorage.getItem(dismissedKey)) return;
    // Only Safari on a phone or tablet has this, and no event.
    if ("standalone" in navigator && !navigator.standalone) setWay("by-hand");
    const onOffer = (event: Event) => {
      event.preventDefault();
      setWay(event as InstallEvent);
    };
    const onInstalled = () => setWay(null);
    addEventListener("beforeinstallprompt", onOffer);
    addEventListener("appinstalled", onInstalled);
    return () => {
      removeEventListener("beforeinstallprompt", onOffer);
      removeEventListener("appinstalled", onInstalled);
    };
  }, []);
  if (!way) return null;
  const dismiss = () => {
    localStorage.setItem(dismissedKey, "dismissed");
    setWay(null);
  };
  return (
    <section
      aria-labelledby="install-hint"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border border-hairline bg-surface px-4 py-4 md:px-6"
    >
      <div>
        <h2 id="install-hint" className="text-md tracking-normal">
          {words.title}
        </h2>
        <p className="max-w-[68ch] text-sm text-muted">{way === "by-hand" ? words.byHand : words.text}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {way !== "by-hand" && (
          <Button size="sm" onClick={() => way.prompt().then(() => setWay(null))}>
            {words.install}
          </Button>
        )}
        <Button kind="quiet" size="sm" onClick={dismiss}>
          {words.dismiss}
        </Button>
      </div>
    </section>
  );
}
