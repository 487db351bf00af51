import type { Metadata } from "next";

/**
 * For pages whose address lets its holder act: no index keeps them, and no other site learns where a visitor came from.
 * Our own site may: without a referrer at all, browsers send forms with `Origin: null`, which the server has to refuse.
 */
export const capabilityPage: Metadata = {
  robots: { index: false, follow: false },
  referrer: "same-origin",
};
