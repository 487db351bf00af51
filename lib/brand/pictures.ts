import type { PictureKind } from "@/lib/brand/encode-picture";
import { db } from "@/lib/database/client";

/** The bytes of a picture or its icon, if it is there; the hash that is current otherwise. */
export async function findPicture(asked: {
  brandId: string;
  kind: PictureKind;
  isIcon: boolean;
  hash: string;
}): Promise<
  | { bytes: Uint8Array<ArrayBuffer>; mediaType: string }
  | { movedTo: { hash: string; mediaType: string } }
  | null
> {
  const { brandId, kind, isIcon, hash } = asked;
  const where = { brandId_kind: { brandId, kind } };
  const current = await db().brandPicture.findUnique({ where, select: { hash: true, mediaType: true } });
  if (!current) return null;
  const mediaType = isIcon ? "image/png" : current.mediaType;
  if (current.hash !== hash) return { movedTo: { hash: current.hash, mediaType } };
  const found = await db().brandPicture.findUnique({ where, select: { bytes: !isIcon, icon: isIcon } });
  const bytes = found && (isIcon ? found.icon : found.bytes);
  return bytes ? { bytes, mediaType } : null;
}
