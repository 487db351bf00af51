"use client";

import { createElement, useEffect, useState } from "react";

interface SampleBookingProps {
  page: string;
  mode: string;
  theme: string;
  lang: string;
  linkText: string;
}

/** The element as a website has it. It shows the page of this installation's own visitors, and what is booked is booked. */
export function SampleBooking({ page, linkText, ...look }: SampleBookingProps) {
  const [isReady, setReady] = useState(false);

  useEffect(() => {
    setReady(true);
    if (document.querySelector('script[src="/embed.js"]')) return;
    const script = document.createElement("script");
    script.src = "/embed.js";
    script.async = true;
    document.head.append(script);
  }, []);

  const link = (
    <a href={`/${page}`} target="_blank" rel="noopener">
      {linkText}
    </a>
  );
  // The element writes into its link, so the server leaves it to the browser.
  return isReady ? createElement("bellhop-booking", { page, preview: "1", ...look }, link) : link;
}
