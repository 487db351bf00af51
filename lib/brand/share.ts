/** The picture that goes along when someone shares the address of a booking page. */
import { createHash } from "node:crypto";
import type { ShownBrand } from "@/lib/brand/read";

interface SharedPage {
  handle: string;
  slug: string;
  title: string;
  durationsMinutes: readonly number[];
  /** Of the words on it. */
  locale: string;
}

/** Its address from the root of this site. It changes with what is drawn, so that it can be kept for long. PURE. */
export function sharePicturePath(page: SharedPage, { name, logo, picture, accent }: ShownBrand): string {
  const drawn = JSON.stringify([page, name, logo?.path, picture?.path, accent]);
  const version = createHash("sha256").update(drawn).digest("hex").slice(0, 12);
  const query = new URLSearchParams({ lang: page.locale, v: version });
  return `/api/brand/share/${page.handle}/${page.slug}?${query}`;
}

/**
 * A text as the one font on the server can draw it: Latin letters, without emoji. Null where more than that is missing, so that nothing is
 * half written. The drawing program would ask other servers for fonts otherwise. PURE.
 */
export function toDrawable(text: string): string | null {
  const plain = text
    .normalize("NFC")
    .replace(
      /\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f\u200d]*|[\u{1f1e6}-\u{1f1ff}\ufe0f\u200d]/gu,
      (found) => (/[\u00a9\u00ae]/.test(found) ? found : ""),
    )
    .replace(/\s+/g, " ")
    .trim();
  return plain !== "" &&
    /^[\u0020-\u007e\u00a0-\u017f\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u20ac]+$/.test(plain)
    ? plain
    : null;
}
