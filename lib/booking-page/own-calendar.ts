/**
 * A visitor's own Outlook calendar beside the times of a booking page, with their consent. It's read once: the token is used in the request
 * that brings it and dropped. When they're busy is kept by their browser alone, sealed, for this page, and for an hour at most.
 */
import { z } from "zod";
import { openCookie, sealCookie } from "@/lib/auth/sealed-cookie";
import { isHttps } from "@/lib/config/env";
import { log } from "@/lib/config/log";
import {
  awaitTwin,
  consumeHandshake,
  type Handshake,
  openHandshake,
  settleHandshake,
} from "@/lib/connections/handshake";
import { newSupportCode } from "@/lib/connections/support-code";
import { ProviderError } from "@/lib/meetings/provider";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import { teamsSetup } from "@/lib/registration/setup-state";
import { mergeIntervals, overlaps } from "@/lib/slot-engine/intervals";
import type { Interval } from "@/lib/slot-engine/rules";

/** Tells this from people who sign in and from organizers who connect: Microsoft knows one address for all of them. */
const statePrefix = "see.";

/** Whether what came back to the address that all share is about a visitor's calendar. */
export const isOwnCalendarState = (state: string | null) => state?.startsWith(statePrefix) === true;

export const ownCalendarCookie = "bellhop_own_calendar";

/** What the page says where the calendar couldn't be read: the value of a parameter of its address. */
const problems = ["declined", "approval", "failed"] as const;
type OwnCalendarProblem = (typeof problems)[number];
const ownCalendarParameter = "calendar";

/** What the address of the page says; null: nothing. PURE. */
export function readOwnCalendarProblem(params: Readonly<Record<string, unknown>>): OwnCalendarProblem | null {
  return problems.find((one) => one === params[ownCalendarParameter]) ?? null;
}

const minuteMs = 60_000;
const keptSeconds = 3600;
const readDays = 92;

/** A cookie has room for about 4,000 characters, sealed. */
const longestText = 2400;

const provider = "overlay";

/** What the browser keeps on its way, sealed: the address may hold a link, and what the visitor is called. The server knows the path alone. */
const asked = z.object({ returnTo: z.string(), timeZone: z.string() });
type Asked = z.output<typeof asked>;

const readAsked = (variant: string) => asked.parse(JSON.parse(variant));

/** Whether visitors are offered this: Microsoft is set up on this server. */
export async function offersOwnCalendar(): Promise<boolean> {
  return (await teamsSetup()) === "ready";
}

/**
 * Where to send the browser, and the cookie that it has to keep for the way back; null where Microsoft isn't set up. `returnTo` is the address
 * of a booking page, with its query; whole days are days of the time zone (IANA); `at` is the further address (origin) that this is asked at.
 */
export async function startOwnCalendar(
  returnTo: string,
  timeZone: string,
  at?: string,
): Promise<{ redirectTo: string; cookie: string } | null> {
  if (!(await offersOwnCalendar())) return null;
  const [path = ""] = returnTo.split("?");
  const variant = JSON.stringify({ returnTo, timeZone } satisfies Asked);
  const request = { userId: null, provider, returnTo: path, popup: false, variant };
  const { state, nonce, challenge, cookie } = await openHandshake(request, statePrefix);
  return { redirectTo: await signInPort("teams").askForBusyTimes({ state, nonce, challenge, at }), cookie };
}

export interface CameBack {
  /** The page that they came from, and what it says; null: this browser hasn't asked, or too long ago. */
  returnTo: string | null;
  problem: OwnCalendarProblem | null;
  /** What the browser keeps for the page, sealed. */
  kept: string | null;
}

/** Judges what Microsoft sent back with a visitor, and reads their calendar. Nothing of it is stored here. */
export async function completeOwnCalendar(
  query: URLSearchParams,
  cookies: readonly string[],
  at?: string,
  now = Date.now(),
): Promise<CameBack> {
  const back = { userId: null, provider, state: query.get("state") ?? "" };
  const handshake = await consumeHandshake(back, cookies);
  if (!handshake) {
    const twin = await awaitTwin(back, cookies, now);
    return { returnTo: twin ? readAsked(twin.variant).returnTo : null, problem: null, kept: null };
  }
  const came = await readFor(handshake, query, { at, now });
  await settleHandshake(handshake.id, { asksAgain: false, problem: null });
  return came;
}

async function readFor(
  handshake: Handshake,
  query: URLSearchParams,
  { at, now }: { at: string | undefined; now: number },
): Promise<CameBack> {
  const { nonce, verifier } = handshake;
  const { returnTo, timeZone } = readAsked(handshake.variant);
  const port = signInPort("teams");
  const answer = port.readAnswer(query);
  if (!answer.ok) {
    const { code, detail } = answer.error;
    if (code === "declined") return { returnTo, problem: "declined", kept: null };
    return refused(returnTo, code === "need_admin_approval" ? "approval" : "failed", detail);
  }
  const from = Math.floor(now / minuteMs) * minuteMs;
  const to = from + readDays * 24 * 60 * minuteMs;
  try {
    const given = { authorizationCode: answer.value.authorizationCode, verifier, nonce, at };
    const read = await port.readBusyTimes(given, { from: new Date(from), to: new Date(to), timeZone });
    if (!read.ok) return refused(returnTo, "failed", read.error.detail);
    const busy = read.value.map(({ startsAt, endsAt }) => ({ start: +startsAt, end: +endsAt }));
    const kept = await sealCookie(packBusy(busy, from, to), keptSeconds);
    return { returnTo, problem: null, kept };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return refused(returnTo, "failed", error.details.vendorCode ?? error.code);
  }
}

function refused(returnTo: string, problem: OwnCalendarProblem, detail: string): CameBack {
  log().warn({ problem, detail, supportCode: newSupportCode() }, "A visitor's calendar could not be read");
  return { returnTo, problem, kept: null };
}

/** When a visitor is busy, as far as it's known. Epoch milliseconds. */
export interface OwnCalendar {
  busy: Interval[];
  /** After this instant nothing is known. */
  until: number;
}

const content = z.object({ from: z.number(), until: z.number(), busy: z.string() });

/** What a cookie of this page says; null without one, and where it can't be opened any more. */
export async function readOwnCalendar(cookie: string | undefined): Promise<OwnCalendar | null> {
  if (!cookie) return null;
  const kept = await openCookie(cookie, content, keptSeconds);
  return kept && { busy: unpackBusy(kept.busy, kept.from), until: kept.until };
}

/** Whether a slot falls into time that the visitor isn't free. PURE. */
export function isTaken({ busy }: OwnCalendar, slot: Interval): boolean {
  return busy.some((one) => overlaps(one, slot));
}

/**
 * Stretches of time as gaps and lengths in minutes, touching ones as one; as many as there is room for. PURE.
 */
export function packBusy(busy: readonly Interval[], from: number, to: number): z.output<typeof content> {
  const inMinutes = busy.map(({ start, end }) => ({
    start: Math.max(Math.floor((start - from) / minuteMs), 0),
    end: Math.min(Math.ceil((end - from) / minuteMs), (to - from) / minuteMs),
  }));
  let text = "";
  let last = 0;
  for (const { start, end } of mergeIntervals(inMinutes)) {
    const next = `${(start - last).toString(36)}.${(end - start).toString(36)}.`;
    if (text.length + next.length > longestText) return { from, until: from + start * minuteMs, busy: text };
    text += next;
    last = end;
  }
  return { from, until: to, busy: text };
}

export function unpackBusy(text: string, from: number): Interval[] {
  const numbers = text
    .split(".")
    .filter(Boolean)
    .map((part) => Number.parseInt(part, 36));
  const busy: Interval[] = [];
  let at = from;
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    const start = at + (numbers[index] ?? 0) * minuteMs;
    at = start + (numbers[index + 1] ?? 0) * minuteMs;
    busy.push({ start, end: at });
  }
  return busy;
}

/** Whether this is the address of a booking page, with its query. */
export const isBookingPage = (address: string) =>
  address.length <= 1500 && /^\/[A-Za-z0-9+-]+\/[A-Za-z0-9-]+(?:\?[^\s\\#]*)?$/.test(address);

/** That address with what the page says of the calendar, instead of what it said before. PURE. */
export function withOwnCalendarProblem(returnTo: string, problem: OwnCalendarProblem | null): string {
  const [path = "", query = ""] = returnTo.split("?");
  const parameters = new URLSearchParams(query);
  parameters.delete(ownCalendarParameter);
  if (problem) parameters.set(ownCalendarParameter, problem);
  return `${path}${parameters.size > 0 ? `?${parameters}` : ""}`;
}

/** `Set-Cookie` for the page at this address and no other; null takes it away. */
export function writeOwnCalendarCookie(returnTo: string, kept: string | null): string {
  const [path] = returnTo.split("?");
  const secure = isHttps() ? "; Secure" : "";
  const age = kept === null ? "; Max-Age=0" : "";
  return `${ownCalendarCookie}=${kept ?? ""}; Path=${path}; SameSite=Lax; HttpOnly${secure}${age}`;
}
