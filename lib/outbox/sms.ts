/** Text messages through Twilio: the only file that knows whose service carries them. */
import { env } from "@/lib/config/env";
import { ok, type Result } from "@/lib/result";

export interface OutgoingText {
  /** E.164, such as +33123456789. */
  to: string;
  body: string;
}

export type TextRefused =
  /** It was not accepted: it may be tried again, or never will be (`isPermanent`). `reason` is a stable code. */
  | { code: "text_refused"; reason: string; isPermanent: boolean }
  /** The connection broke on the way: it may have gone out, so trying again might send it twice. */
  | { code: "text_unknown"; reason: string };

const timeoutMs = 15_000;

/** Whether this server can send text messages at all. */
export function isTextSetUp(): boolean {
  return env().TWILIO_ACCOUNT_SID !== undefined;
}

/** Hands one text message over; answers with the carrier's id of it. Repeats nothing by itself. */
export async function deliverText({ to, body }: OutgoingText): Promise<Result<string, TextRefused>> {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM = "", TWILIO_API_URL } = env();
  // Loaded with the first text: the client of a whole carrier would cost every start.
  const { default: twilio } = await import("twilio");
  const client = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, { timeout: timeoutMs, autoRetry: false });
  client.api.baseUrl = TWILIO_API_URL;
  const sender = TWILIO_FROM.startsWith("MG") ? { messagingServiceSid: TWILIO_FROM } : { from: TWILIO_FROM };
  try {
    const { sid } = await client.messages.create({ to, body, ...sender });
    return ok(sid);
  } catch (error) {
    return { ok: false, error: judge(error) };
  }
}

/** Errors before any connection, when nothing can have been accepted. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Twilio answers an error with its HTTP `status` and a numeric `code`; a broken connection has a code of Node's alone. */
function judge(error: unknown): TextRefused {
  const { status, code } = error instanceof Error ? readError(error) : {};
  if (status === undefined) {
    const reason = `sms_${String(code ?? "unknown").toLowerCase()}`;
    return neverSent.has(String(code))
      ? { code: "text_refused", reason, isPermanent: false }
      : { code: "text_unknown", reason };
  }
  const reason = `sms_${code ?? status}`;
  if (status === 429 || status === 503) return { code: "text_refused", reason, isPermanent: false };
  // The operator's credentials: once they are fixed it goes out.
  if (status === 401 || status === 403) return { code: "text_refused", reason, isPermanent: false };
  if (status >= 500) return { code: "text_unknown", reason };
  return { code: "text_refused", reason, isPermanent: true };
}

function readError(error: Error): { status?: number; code?: string | number } {
  const status = "status" in error && typeof error.status === "number" ? { status: error.status } : {};
  const given = "code" in error ? error.code : undefined;
  return { ...status, ...(typeof given === "string" || typeof given === "number" ? { code: given } : {}) };
}
