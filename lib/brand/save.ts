/** Changing how an organizer's, a team's or the server's pages look. */
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { TeamScope } from "@/lib/auth/team-scope";
import type { EncodedPicture, PictureKind } from "@/lib/brand/encode-picture";
import { type BrandRow, defaultsId, type ShownBrand, showBrand } from "@/lib/brand/read";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import { lockRow } from "@/lib/database/lock-row";
import { err, ok, type Result } from "@/lib/result";

/** Whose brand: an organizer's, a team's, or the defaults of this server, which only its admins change. */
export type BrandScope = OwnerScope | TeamScope | "server";

/** What is left out stays; null goes back to the default. */
export interface BrandWrite {
  name?: string | null | undefined;
  accent?: string | null | undefined;
  showsBellhop?: boolean | null | undefined;
  welcome?: string | undefined;
  /** Null removes it. */
  logo?: EncodedPicture | null | undefined;
  picture?: EncodedPicture | null | undefined;
}

const shown = {
  id: true,
  name: true,
  accent: true,
  showsBellhop: true,
  welcome: true,
  pictures: { select: { kind: true, hash: true, mediaType: true, width: true, height: true } },
} as const;

type BrandKey = { userId: string } | { teamId: string } | { id: string };

function keyOf(scope: BrandScope): BrandKey {
  if (scope === "server") return { id: defaultsId };
  return "teamId" in scope ? { teamId: scope.teamId } : { userId: scope.ownerId };
}

const mayChange = (scope: BrandScope) => scope === "server" || !("teamId" in scope) || scope.manages;

/** What was chosen, without the defaults that fill it up; null where nothing ever was. */
export function findOwnBrand(scope: BrandScope): Promise<BrandRow | null> {
  return db().brand.findUnique({ where: keyOf(scope), select: shown });
}

/** The server's defaults over the product's, as they are shown where nothing else was chosen. */
export async function readDefaults(ownerName: string): Promise<ShownBrand> {
  return showBrand(null, await findOwnBrand("server"), ownerName);
}

/** Changes a brand. `forbidden`: a member who doesn't manage the team. */
export async function saveBrand(
  scope: BrandScope,
  write: BrandWrite,
): Promise<Result<null, { code: "forbidden" }>> {
  if (!mayChange(scope)) return err("forbidden");
  await db().$transaction((tx) => writeBrand(tx, scope, write));
  return ok(null);
}

/** Part of the caller's transaction, which has seen to it that its actor may. A write that changes nothing leaves no trace. */
export async function writeBrand(tx: Tx, scope: BrandScope, write: BrandWrite): Promise<void> {
  const key = keyOf(scope);
  const { logo, picture, ...texts } = write;
  const given = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
  const { id } = await tx.brand.upsert({ where: key, create: key, update: {}, select: { id: true } });
  await lockRow(tx, "Brand", { id });
  const before = await tx.brand.findUniqueOrThrow({ where: { id }, select: shown });
  await tx.brand.update({ where: { id }, data: given, select: { id: true } });
  await writePicture(tx, id, "logo", logo);
  await writePicture(tx, id, "picture", picture);
  const after = await tx.brand.findUniqueOrThrow({ where: { id }, select: shown });
  if (JSON.stringify(factsOf(before)) === JSON.stringify(factsOf(after))) return;
  await record(tx, {
    action: "brand.changed",
    ...(await subjectOf(tx, scope)),
    details: { before: factsOf(before), after: factsOf(after) },
  });
}

async function writePicture(
  tx: Tx,
  brandId: string,
  kind: PictureKind,
  encoded: EncodedPicture | null | undefined,
): Promise<void> {
  if (encoded === undefined) return;
  if (encoded === null) {
    await tx.brandPicture.deleteMany({ where: { brandId, kind } });
    return;
  }
  const { kind: _, ...data } = encoded;
  const where = { brandId_kind: { brandId, kind } };
  await tx.brandPicture.upsert({
    where,
    create: { brandId, kind, ...data },
    update: data,
    select: { hash: true },
  });
}

/** A brand in the audit log: pictures by their hashes. */
function factsOf(row: BrandRow) {
  const { name, accent, showsBellhop, welcome, pictures } = row;
  const hashOf = (kind: PictureKind) => pictures.find((picture) => picture.kind === kind)?.hash ?? null;
  return { name, accent, showsBellhop, welcome, logo: hashOf("logo"), picture: hashOf("picture") };
}

async function subjectOf(tx: Tx, scope: BrandScope): Promise<{ accountId: string } | { subject: string }> {
  if (scope === "server") return { subject: new URL(env().APP_URL).host };
  if (!("teamId" in scope)) return { accountId: scope.ownerId };
  const { name } = await tx.team.findUniqueOrThrow({ where: { id: scope.teamId }, select: { name: true } });
  return { subject: name };
}
