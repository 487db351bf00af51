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

/** The folder is part of a mutable id: moving an item renames it, while its immutable id stays. */
export function itemId(kind: IdKind, mailboxId: string, key: string, folder: string): string {
  const seed = kind === "immutable" ? `${mailboxId}|${key}` : `${mailboxId}|${key}|${folder}`;
  const tail = Buffer.concat([sha256(seed), sha256(`${seed}|tail`)]).toString("base64url");
  return kind === "immutable" ? `AAkALgAAAAAAHYQDEap${tail.slice(0, 60)}AA=` : `AAMkAG${tail.slice(0, 84)}AAA=`;
}

export function idKindOf(id: string): IdKind | null {
  if (/^AAkALgAAAAAAHYQDEap[\w-]{60}AA=$/.test(id)) return "immutable";
  if (/^AAMkAG[\w-]{84}AAA=$/.test(id)) return "mutable";
  return null;
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

/** A join link in Microsoft's own form; nobody may read anything out of it. */
export function newTeamsAddress(tenantId: string, objectId: string): TeamsAddress {
  const thread = `meeting_${Buffer.from(guid()).toString("base64")}`;
  const context = encodeURIComponent(JSON.stringify({ Tid: tenantId, Oid: objectId })).replace(
    /%[0-9A-F]{2}/g,
    (escape) => escape.toLowerCase(),
  );
  return {
    threadId: `19:${thread}@thread.v2`,
    joinUrl: `https://teams.microsoft.com/l/meetup-join/19%3a${thread}%40thread.v2/0?context=${context}`,
  };
}

export function newOnlineMeetingId(objectId: string, threadId: string): string {
  return Buffer.from(`1*${objectId}*0**${threadId}`).toString("base64url");
}

/** A pairwise subject: the same person is somebody else to another app. */
export function pairwiseSubject(clientId: string, objectId: string): string {
  return sha256(`${clientId}|${objectId}`).toString("base64url");
}
