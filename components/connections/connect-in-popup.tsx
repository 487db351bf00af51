"use client";

import { useRouter } from "next/navigation";
import { type MouseEvent, useEffect } from "react";
import { ButtonLink, type ButtonLinkProps } from "@/components/ui/button";

/** Where a page holds something unsaved: connects in a window of its own, or in this one where that can't be opened. */
export function ConnectInPopup({ href, ...rest }: ButtonLinkProps) {
  const router = useRouter();
  useEffect(() => {
    const channel = new BroadcastChannel("bellhop-connections");
    channel.onmessage = () => router.refresh();
    return () => channel.close();
  }, [router]);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    const address = new URL(href, location.href);
    address.searchParams.set("popup", "1");
    if (window.open(address, "bellhop-connect", "popup,width=520,height=720")) event.preventDefault();
  };
  return <ButtonLink {...rest} href={href} onClick={open} />;
}
