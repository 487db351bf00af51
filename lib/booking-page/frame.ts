/** The booking page in another website's frame: `/embed/{handle}/{slug}`. PURE. */
import { readZone } from "@/lib/format/places";
import { isLanguageTag } from "@/lib/input/text";

/** A framed page, as its address has it. */
export interface Frame {
  handle: string;
  slug: string;
  /** The token of the booking that was made in it; null before. */
  token: string | null;
  query: URLSearchParams;
}

/** What the address of a framed page says of how it looks; it goes along with every link. */
export interface FrameLook {
  /** BCP 47 */
  lang?: string;
  theme?: "light" | "dark";
  /** The browser's own zone (IANA), which no cookie can tell in a frame. */
  zone?: string;
  /** Shown within Bellhop itself, to its organizer. */
  preview?: string;
}

/** Reads a path with its query; null for any other page. */
export function readFrame(path: string): Frame | null {
  const [pathname = "", search = ""] = path.split("?");
  const [, area, handle, slug, booked, token] = pathname.split("/");
  if (area !== "embed" || !handle || !slug) return null;
  return { handle, slug, token: (booked === "booked" && token) || null, query: new URLSearchParams(search) };
}

/** What the query of a framed page says of its look; what makes no sense is left out. */
export function readFrameLook(query: URLSearchParams): FrameLook {
  const lang = query.get("lang") ?? "";
  const theme = query.get("theme");
  const zone = readZone(query.get("zone"));
  return {
    ...(lang.length <= 35 && isLanguageTag(lang) ? { lang } : {}),
    ...(theme === "light" || theme === "dark" ? { theme } : {}),
    ...(zone ? { zone } : {}),
    ...(query.has("preview") ? { preview: "1" } : {}),
  };
}

/** The address of a framed page, without its query. */
export function framePath({ handle, slug }: Pick<Frame, "handle" | "slug">): string {
  return `/embed/${handle}/${slug}`;
}

/** The address of a page as its organizer sees it within Bellhop, whichever websites may show it. */
export function framePreview(handle: string, slug = ""): string {
  return `${framePath({ handle, slug })}?preview=1`;
}

/** Where a booking that was made in a frame is shown: in the same frame, and in the same look. */
export function bookedInFrame(frame: Frame, token: string): string {
  const look = new URLSearchParams({ ...readFrameLook(frame.query) });
  return `${framePath(frame)}/booked/${token}${look.size > 0 ? `?${look}` : ""}`;
}
