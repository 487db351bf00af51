import { guid } from "@/tests/emulator/ids";

/** How long Graph waits for an answer of ours, in either kind of call. */
const TIMEOUT_MS = 10_000;

/** Asks an address to prove that it wants notifications. Null, or why the subscription is refused. */
export async function handshakeProblem(url: string): Promise<string | null> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${guid()}`;
  const separator = url.includes("?") ? "&" : "?";
  try {
    const response = await fetch(`${url}${separator}validationToken=${encodeURIComponent(token)}`, {
      method: "POST",
      headers: { "content-type": "text/plain; charset=utf-8" },
      body: "",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (response.status !== 200) {
      return `Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.`;
    }
    if (!/^text\/plain\b/i.test(response.headers.get("content-type") ?? "")) {
      return "Subscription validation request failed. Response must be of type text/plain.";
    }
    if (text !== token) {
      return "Subscription validation request failed. Response must exactly match validationToken query parameter.";
    }
    return null;
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return timedOut
      ? "Subscription validation request timed out."
      : "Subscription validation request failed. The notification endpoint could not be reached.";
  }
}

export interface Attempt {
  status: number | null;
  problem: string | null;
  durationMs: number;
}

/** One delivery. Any 2xx within ten seconds counts as delivered. */
export async function postNotification(url: string, body: object, stop: AbortSignal): Promise<Attempt> {
  const startedAt = performance.now();
  const attempt = (status: number | null, problem: string | null): Attempt => ({
    status,
    problem,
    durationMs: performance.now() - startedAt,
  });
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", "client-request-id": guid() },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.arrayBuffer();
    return attempt(response.status, response.ok ? null : `answered ${response.status}`);
  } catch (error) {
    return attempt(null, error instanceof Error ? error.name : String(error));
  }
}
