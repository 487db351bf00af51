import { createHmac } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { PrivateTarget, publicLookup, targetProblem } from "@/lib/webhooks/targets";

/** How long an address may take to answer, in milliseconds. */
const timeoutMs = 10_000;

/** Secrets are shown with this in front (standardwebhooks.com). */
export const secretPrefix = "whsec_";

export interface WebhookMessage {
  /** The same with every try, so that the receiver can recognize a repetition. */
  id: string;
  body: string;
}

/** What an address said, or why it said nothing. Never more: what it answered is no one's business here. */
export type Sent = { status: number } | { problem: "timeout" | "unreachable" | "private_target" };

/**
 * The three headers of the Standard Webhooks specification: id, time in whole seconds, and HMAC-SHA256 over
 * `id.timestamp.body` with the secret's bytes.
 */
export function signedHeaders(
  { id, body }: WebhookMessage,
  secret: string,
  now = Date.now(),
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const key = Buffer.from(secret.slice(secretPrefix.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "Webhook-Id": id, "Webhook-Timestamp": timestamp, "Webhook-Signature": `v1,${signature}` };
}

/** Posts a message once. Redirects are not followed: they could lead where `targets` forbids. */
export async function sendMessage(
  address: string,
  message: WebhookMessage,
  { secret, targets }: { secret: string; targets: "public" | "any" },
): Promise<Sent> {
  if (targetProblem(address, targets)) return { problem: "private_target" };
  try {
    return { status: await post(new URL(address), message, signedHeaders(message, secret), targets) };
  } catch (error) {
    if (error instanceof PrivateTarget) return { problem: "private_target" };
    return { problem: error instanceof Error && error.name === "TimeoutError" ? "timeout" : "unreachable" };
  }
}

function post(
  url: URL,
  { body }: WebhookMessage,
  signature: Record<string, string>,
  targets: "public" | "any",
): Promise<number> {
  const headers = {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    "User-Agent": "Bellhop-Webhooks",
    ...signature,
  };
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === "https:" ? https : http;
    const timeout = AbortSignal.timeout(timeoutMs);
    const sent = request(
      url,
      {
        method: "POST",
        headers,
        agent: false,
        signal: timeout,
        ...(targets === "public" ? { lookup: publicLookup } : {}),
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.destroy();
      },
    );
    sent.once("error", (error) => reject(timeout.aborted ? timeout.reason : error));
    sent.end(body);
  });
}
