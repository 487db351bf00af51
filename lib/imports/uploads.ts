/**
 * A file that an organizer has uploaded to import, kept sealed until they have decided, and for an hour at most. Each has one; another
 * takes its place.
 */
import { randomUUID } from "node:crypto";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { countOf, type RetentionRule, ranOut } from "@/lib/database/retention-rule";
import { seal, unseal } from "@/lib/encryption/cipher";
import type { Draft } from "@/lib/imports/draft";
import { type ImportReport, importAccount } from "@/lib/imports/import-account";
import { readImportFile, type UnreadableFile } from "@/lib/imports/read-file";
import { cutText } from "@/lib/input/cut";
import { isId } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";

export const uploadPurpose = "ImportUpload.Content.v1";

/** Bytes. */
export const uploadMaxBytes = 5_000_000;

/** More take longer than a page may: they are for the command. */
const uploadMaxBookings = 1_000;

const keptMs = 3600_000;

export interface Upload {
  id: string;
  fileName: string;
  draft: Draft;
}

/** Keeps a file for its report, in place of the one before. What can't be imported isn't kept. */
export async function keepUpload(
  { ownerId: userId }: OwnerScope,
  { fileName, text }: { fileName: string; text: string },
  now = Date.now(),
): Promise<Result<{ id: string }, UnreadableFile | { code: "too_many_bookings" }>> {
  const draft = readImportFile(text);
  if (!draft.ok) return draft;
  if (draft.value.bookings.length > uploadMaxBookings) return err("too_many_bookings");
  const id = randomUUID();
  const data = {
    id,
    fileName: cutText(fileName, 100),
    contentSealed: seal(text, { purpose: uploadPurpose, row: id }),
    expiresAt: new Date(now + keptMs),
  };
  await db().importUpload.upsert({
    where: { userId },
    create: { userId, ...data },
    update: data,
    select: { id: true },
  });
  return ok({ id });
}

/** The organizer's file; null: there is none any more, or another one. */
export async function findUpload(
  { ownerId: userId }: OwnerScope,
  id: string,
  now = Date.now(),
): Promise<Upload | null> {
  if (!isId(id)) return null;
  const row = await db().importUpload.findUnique({ where: { userId, id, expiresAt: { gt: new Date(now) } } });
  if (!row) return null;
  const draft = readImportFile(unseal(row.contentSealed, { purpose: uploadPurpose, row: row.id }));
  return draft.ok ? { id: row.id, fileName: row.fileName, draft: draft.value } : null;
}

/** Lets go of a file. */
export async function dropUpload({ ownerId: userId }: OwnerScope, id: string): Promise<void> {
  await db().importUpload.deleteMany({ where: { userId, id } });
}

/** Does what the file's report has said. The file goes last, so that a run that broke off can be begun again. */
export async function importUpload(
  scope: OwnerScope,
  id: string,
): Promise<Result<ImportReport, { code: "gone" }>> {
  const upload = await findUpload(scope, id);
  if (!upload) return err("gone");
  const report = await importAccount(scope, upload.draft, true);
  await dropUpload(scope, id);
  return ok(report);
}

export const uploadRetention: RetentionRule = {
  kind: "uploads_to_import",
  days: 0,
  count: (now) => db().importUpload.count(ranOut(now)),
  remove: (now) => countOf(db().importUpload.deleteMany(ranOut(now))),
};
