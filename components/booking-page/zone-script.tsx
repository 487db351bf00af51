import { use } from "react";
import { getNonce } from "@/lib/reader/brand";

interface ZoneScriptProps {
  /** The zone (IANA) of the times on this page. */
  timeZone: string;
  /** It was chosen, or is that of the place: the browser's own changes nothing. */
  isSettled: boolean;
}

/**
 * Finds the time zone of a browser that is here for the first time, or has travelled, before anything is painted: the page is asked for again
 * with the zone in a cookie. So no one sees times change. In another website's frame, where browsers keep no cookie, the address says it.
 */
export function ZoneScript({ timeZone, isSettled }: ZoneScriptProps) {
  const nonce = use(getNonce());
  return (
    <script
      nonce={nonce}
      // Browsers hide a nonce from scripts, so what is there never equals what was sent.
      suppressHydrationWarning
      data-zone={timeZone}
      data-settled={isSettled || undefined}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: words of our own, and none of a visitor's
      dangerouslySetInnerHTML={{ __html: script }}
    />
  );
}

/**
 * Without a cookie or a zone in the address it runs once; a page that takes longer than four seconds is shown as it is. `Temporal` knows the
 * zone at once; `Intl`, for browsers without it, first loads a language, which keeps a phone from painting for 0.2 s.
 */
const script = `(function (d, w) {
  var said = d.currentScript.dataset, root = d.documentElement, url = new URL(location.href);
  var zone = w.Temporal ? Temporal.Now.timeZoneId() : Intl.DateTimeFormat().resolvedOptions().timeZone;
  var cookie = "tz=" + encodeURIComponent(zone);
  function isKept() { return d.cookie.split("; ").indexOf(cookie) >= 0; }
  if (!zone || isKept()) return;
  d.cookie = cookie + ";path=/;max-age=31536000;samesite=lax";
  if (said.settled || zone === said.zone || url.searchParams.has("tz")) return;
  root.style.visibility = "hidden";
  w.setTimeout(function () { root.style.visibility = ""; }, 4000);
  if (isKept()) return location.reload();
  url.searchParams.set("tz", zone);
  location.replace(url);
})(document, window)`.replaceAll(/\n\s*/g, "");
