/** Names for requests that may come twice: what asks for the same thing has the same name. */
import { createHash } from "node:crypto";

export interface RequestIdentity {
  /** Names the request: a hash of whose it is, where it went, and the key its sender gave it. */
  key: string;
  /** SHA-256 of its content: the same key with other content is another request. */
  hash: Uint8Array<ArrayBuffer>;
}

/** SHA-256 of a JSON value. The order of an object's members makes no difference. */
export function digestOf(value: unknown): Uint8Array<ArrayBuffer> {
  const json = JSON.stringify(value, (_, part: unknown) => (isObject(part) ? sorted(part) : part)) ?? "";
  return new Uint8Array(createHash("sha256").update(json, "utf8").digest());
}

/** The identity of a request with this content. `name` says whose it is, where it went, and its sender's key. */
export function identify(name: readonly string[], content: unknown): RequestIdentity {
  return { key: Buffer.from(digestOf(name)).toString("base64url"), hash: digestOf(content) };
}

/** One text for the request and its content, for what a request makes once. */
export function wholeKeyOf({ key, hash }: RequestIdentity): string {
  return `${key}.${Buffer.from(hash).toString("base64url")}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
