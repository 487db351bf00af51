/** How someone's pages and mails look: their own choice over the server's defaults. */

import { picturePath } from "@/lib/brand/address";
import type { PictureKind } from "@/lib/brand/encode-picture";
import { type Palette, paletteOf } from "@/lib/brand/palette";
import { run } from "@/lib/database/direct";

/** The row that has the defaults of this server. */
export const defaultsId = "00000000-0000-0000-0000-000000000000";

export interface ShownPicture {
  /** From the root of this site. */
  path: string;
  width: number;
  height: number;
}

export interface ShownBrand {
  /** The chosen name, or the owner's. */
  name: string;
  logo: ShownPicture | null;
  /** A face, in place of initials. Never the server's. */
  picture: ShownPicture | null;
  /** For tabs of browsers, from the root of this site; null: Bellhop's own. */
  iconPath: string | null;
  /** As it was chosen. */
  accent: string | null;
  palette: Palette | null;
  showsBellhop: boolean;
  welcome: string;
}

interface PictureRow {
  kind: PictureKind;
  hash: string;
  mediaType: string;
  width: number;
  height: number;
}

/** A row of Brand with the facts of its pictures. */
export interface BrandRow {
  id: string;
  name: string | null;
  accent: string | null;
  showsBellhop: boolean | null;
  welcome: string;
  pictures: PictureRow[];
}

interface OwnerRow {
  handle: string;
  ownerName: string;
  own: BrandRow | null;
  defaults: BrandRow | null;
}

const rowOf = (table: string) => `
  CASE WHEN ${table}.id IS NULL THEN NULL ELSE json_build_object('id', ${table}.id, 'name', ${table}.name, 'accent', ${table}.accent,
    'showsBellhop', ${table}."showsBellhop", 'welcome', ${table}.welcome, 'pictures', coalesce((
      SELECT json_agg(json_build_object('kind', p.kind, 'hash', p.hash, 'mediaType', p."mediaType", 'width', p.width, 'height', p.height))
      FROM "BrandPicture" p WHERE p."brandId" = ${table}.id), '[]')) END`;

const ofOwners = `
  SELECT h.handle, coalesce(t.name, u.name) AS "ownerName", ${rowOf("b")} AS own, ${rowOf("d")} AS defaults
  FROM "Handle" h
  LEFT JOIN "User" u ON u.id = h."userId"
  LEFT JOIN "Team" t ON t.id = h."teamId"
  LEFT JOIN "Brand" bu ON bu."userId" = h."userId"
  LEFT JOIN "Brand" bt ON bt."teamId" = h."teamId"
  LEFT JOIN "Brand" b ON b.id = coalesce(bu.id, bt.id)
  LEFT JOIN "Brand" d ON d.id = '${defaultsId}'
  WHERE h.handle = ANY($1)`;

/** Of several organizers and teams, by their handles, in one query. */
export async function brandsOf(handles: readonly string[]): Promise<Map<string, ShownBrand>> {
  if (handles.length === 0) return new Map();
  const rows = await run<OwnerRow>(ofOwners, [handles.map((handle) => handle.toLowerCase())]);
  return new Map(
    rows.map(({ handle, ownerName, own, defaults }) => [handle, showBrand(own, defaults, ownerName)]),
  );
}

/** Of the organizer or team that has this handle; what is shown for one that is gone is the plain product's. */
export async function brandOf(handle: string, ownerName = ""): Promise<ShownBrand> {
  return (await brandsOf([handle])).get(handle.toLowerCase()) ?? showBrand(null, null, ownerName);
}

/** Lays a choice over the defaults. PURE. */
export function showBrand(own: BrandRow | null, defaults: BrandRow | null, ownerName: string): ShownBrand {
  const logoOwner = [own, defaults].find((row) => row && pictureIn(row, "logo")) ?? null;
  const accent = own?.accent ?? defaults?.accent ?? null;
  const iconOf = (row: BrandRow | null) => row && (iconIn(row, "logo") ?? iconIn(row, "picture"));
  return {
    name: own?.name ?? ownerName,
    logo: logoOwner && pictureIn(logoOwner, "logo"),
    picture: own && pictureIn(own, "picture"),
    iconPath: iconOf(own) ?? iconOf(defaults),
    accent,
    palette: accent === null ? null : paletteOf(accent),
    showsBellhop: own?.showsBellhop ?? defaults?.showsBellhop ?? true,
    welcome: own?.welcome || defaults?.welcome || "",
  };
}

/** One picture of a row as it is shown; null: it has none. PURE. */
export function pictureIn({ id, pictures }: BrandRow, kind: PictureKind): ShownPicture | null {
  const found = pictures.find((picture) => picture.kind === kind);
  if (!found) return null;
  const { width, height } = found;
  return { path: picturePath({ brandId: id, part: kind, ...found }), width, height };
}

function iconIn({ id, pictures }: BrandRow, kind: PictureKind): string | null {
  const found = pictures.find((picture) => picture.kind === kind);
  return found
    ? picturePath({ brandId: id, part: `${kind}-icon`, hash: found.hash, mediaType: "image/png" })
    : null;
}
