/** Addresses of pictures, which change with the picture. PURE. */
import { isId } from "@/lib/input/id";

/** What of a picture: itself, or its icon. */
const parts = ["logo", "picture", "logo-icon", "picture-icon"] as const;
export type PicturePart = (typeof parts)[number];

interface PictureAddress {
  brandId: string;
  part: PicturePart;
  /** Of the picture, which its icon shares. */
  hash: string;
  mediaType: string;
}

/** From the root of this site: `/api/brand/<id>/logo-<hash>.png`. */
export function picturePath({ brandId, part, hash, mediaType }: PictureAddress): string {
  return `/api/brand/${brandId}/${part}-${hash}.${mediaType === "image/png" ? "png" : "jpg"}`;
}

/** What the last part of such an address asks for; null for anything else. */
export function readPictureFile(
  brandId: string,
  file: string,
): { brandId: string; kind: "logo" | "picture"; isIcon: boolean; hash: string } | null {
  const [, kind, icon, hash] = /^(logo|picture)(-icon)?-([0-9a-f]{24})\.(?:png|jpg)$/.exec(file) ?? [];
  if (!isId(brandId) || (kind !== "logo" && kind !== "picture") || !hash) return null;
  return { brandId, kind, isIcon: icon !== undefined, hash };
}
