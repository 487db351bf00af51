"use client";

import { useRouter } from "next/navigation";
import { type MouseEvent, useEffect, useState } from "react";
import { ButtonLink, type ButtonLinkProps } from "@/components/ui/button";

interface ConnectInPopupProps extends ButtonLinkProps {
  /** Shown while the window is open: "Go on in the window that has opened." */
  waitingLabel: string;
  /** The way on where that window was lost or closed: "Continue in this tab instead". */
  hereLabel: string;
}

/**
 * Connects in a window of its own, so that this page and what is typed on it stay; in this tab where the window can't be
 * opened. Microsoft's pages cut the tie between the two windows, so the news comes over a channel of our own origin.
 */
export function ConnectInPopup({ href, waitingLabel, hereLabel, ...rest }: ConnectInPopupProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const channel = new BroadcastChannel("bellhop-connections");
    channel.onmessage = ({ data }) => {
      setIsOpen(false);
      if (data === "connected") router.refresh();
    };
    return () => channel.close();
  }, [router]);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    const address = new URL(href, location.href);
    address.searchParams.set("popup", "1");
    if (!window.open(address, "bellhop-connect", "popup,width=520,height=720")) return;
    event.preventDefault();
    setIsOpen(true);
  };
  return (
    <>
      {!isOpen && <ButtonLink {...rest} href={href} onClick={open} />}
      <p role="status" className="text-sm empty:hidden">
        {isOpen && (
          <>
            {waitingLabel} <a href={href}>{hereLabel}</a>
          </>
        )}
      </p>
    </>
  );
}
