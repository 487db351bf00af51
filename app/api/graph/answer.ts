import { receiveNotifications } from "@/lib/calendars/receive";
import { log } from "@/lib/config/log";
import { readBoundedJson } from "@/lib/input/bounded-body";

/** Graph's posts are some kilobytes; more than this is read by no one. */
const bodyMaxBytes = 1_000_000;

const tokenMaxLength = 2_000;

/** Answers a call of Graph's, the handshake of a new subscription included: quickly, no matter who calls, and never with a reason. */
export async function answerGraph(request: Request): Promise<Response> {
  const token = new URL(request.url).searchParams.get("validationToken");
  if (token !== null) return shakeHands(token);
  try {
    await receiveNotifications(await readBoundedJson(request, bodyMaxBytes));
    return new Response(null, { status: 202 });
  } catch (error) {
    log().error({ error }, "A notification of Microsoft's could not be stored; it is asked for again");
    return new Response(null, { status: 503, headers: { "Retry-After": "10" } });
  }
}

/** Graph wants its own text back (Microsoft: change-notifications-delivery-webhooks). It is text to every browser too. */
function shakeHands(token: string): Response {
  if (token.length === 0 || token.length > tokenMaxLength) return new Response(null, { status: 400 });
  return new Response(token, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Cache-Control": "no-store",
    },
  });
}
