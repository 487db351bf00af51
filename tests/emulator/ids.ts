import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";

/** The tenant of all personal Microsoft accounts. */
export const CONSUMER_TENANT_ID = "9188040d-6c67-4c5b-b112-36a304b66dad";

export const GRAPH_RESOURCE_ID = "00000003-0000-0000-c000-000000000000";

export function guid(): string {
  return randomUUID();
}

export function randomToken(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}

export function randomBetween(least: number, most: number): number {
  return randomInt(least, most + 1);
}

export function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

export type IdKind = "mutable" | "immutable";

/** What an item id names. `originalAt` (whole seconds) picks one occurrence of a series. */
export interface ItemRef {
  kind: IdKind;
  key: string;
  folder: "calendar" | "deleted";
  originalAt: number | null;
}

const PREFIX: Record<IdKind, string> = {
  mutable: "AAMkAGI1YzRmZTg3LWU5MmQtNDE5ZC1iNmE0LTA4OGYwNzQzYmIwNgBGAAAAAAD",
  immutable: "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A",
};
const SUFFIX = "AAA=";
const SECOND_MS = 1000;

/**
 * An opaque, case-sensitive id. The folder is part of a mutable one, so moving an item renames it;
 * its immutable id stays.
 */
export function itemId(mailboxId: string, ref: ItemRef): string {
  const bytes = Buffer.alloc(29);
  sha256(mailboxId).copy(bytes, 0, 0, 8);
  Buffer.from(ref.key.replaceAll("-", ""), "hex").copy(bytes, 8);
  bytes[24] = ref.kind === "mutable" && ref.folder === "deleted" ? 1 : 0;
  bytes.writeUInt32BE(ref.originalAt === null ? 0 : ref.originalAt / SECOND_MS, 25);
  return `${PREFIX[ref.kind]}${Buffer.concat([bytes, checksum(bytes, ref.kind)]).toString("base64url")}${SUFFIX}`;
}

export function idKindOf(id: string): IdKind | null {
  if (id.startsWith(PREFIX.mutable)) return "mutable";
  return id.startsWith(PREFIX.immutable) ? "immutable" : null;
}

/** Null: not an id at all. "foreign": an id of another mailbox. */
export function readItemId(mailboxId: string, id: string): ItemRef | "foreign" | null {
  const kind = idKindOf(id);
  if (!kind || !id.endsWith(SUFFIX)) return null;
  const all = Buffer.from(id.slice(PREFIX[kind].length, -SUFFIX.length), "base64url");
  if (all.length !== 35) return null;
  const bytes = all.subarray(0, 29);
  if (!checksum(bytes, kind).equals(all.subarray(29))) return null;
  if (!sha256(mailboxId).subarray(0, 8).equals(bytes.subarray(0, 8))) return "foreign";
  const hex = bytes.subarray(8, 24).toString("hex");
  const seconds = bytes.readUInt32BE(25);
  return {
    kind,
    key: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-"),
    folder: bytes[24] === 1 ? "deleted" : "calendar",
    originalAt: seconds === 0 ? null : seconds * SECOND_MS,
  };
}

function checksum(bytes: Buffer, kind: IdKind): Buffer {
  return sha256(`${kind}|${bytes.toString("hex")}`).subarray(0, 6);
}

export function newChangeKey(): string {
  return Buffer.concat([Buffer.from([0x0f, 0, 0, 0, 0x16, 0, 0, 0]), randomBytes(22)]).toString("base64");
}

export function newICalUId(): string {
  const head = "040000008200E00074C5B7101A82E00800000000";
  return `${head}${randomBytes(8).toString("hex").toUpperCase()}000000000000000010000000${randomBytes(16).toString("hex").toUpperCase()}`;
}

export interface TeamsAddress {
  threadId: string;
  joinUrl: string;
}

/** A join link in Microsoft's own form; no one may read anything out of it. */
export function newTeamsAddress(tenantId: string, objectId: string): TeamsAddress {
  const thread = `meeting_${Buffer.from(guid()).toString("base64")}`;
  const context = encodeURIComponent(JSON.stringify({ Tid: tenantId, Oid: objectId })).replace(
    /%[0-9A-F]{2}/g,
    (hex) => hex.toLowerCase(),
  );
  return {
    threadId: `19:${thread}@thread.v2`,
    joinUrl: `https://teams.microsoft.com/l/meetup-join/19%3a${thread}%40thread.v2/0?context=${context}`,
  };
}

export function newOnlineMeetingId(objectId: string, threadId: string): string {
  return Buffer.from(`1*${objectId}*0**${threadId}`).toString("base64url");
}

/** A pairwise subject: the same person is someone else to another app. */
export function pairwiseSubject(clientId: string, objectId: string): string {
  return sha256(`${clientId}|${objectId}`).toString("base64url");
}
