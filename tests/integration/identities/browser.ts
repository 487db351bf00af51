import { NextRequest } from "next/server";
import { GET as startMicrosoft } from "@/app/api/auth/microsoft/route";
import { GET as backFromProvider } from "@/app/api/auth/oidc/callback/route";
import { GET as startProvider } from "@/app/api/auth/oidc/route";
import { GET as backFromMicrosoft } from "@/app/api/teams/callback/route";
import { getSessionHash, openSession } from "@/lib/auth/session";
import type { Env } from "@/lib/config/env";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { request } from "@/tests/support/next-request";

/* A browser as the sign-in sees it: cookies, and where each answer leads. For files that mock next/headers. */

const app = "http://localhost:3000";

const starts = { microsoft: startMicrosoft, oidc: startProvider };
const backs = { microsoft: backFromMicrosoft, oidc: backFromProvider };

export type Provider = keyof typeof starts;

const ask = (route: typeof startMicrosoft, address: string) =>
  route(new NextRequest(new URL(address, app), { headers: request.headers }));

/** A browser with nothing in it. */
export function newBrowser(): void {
  request.cookies = new Map();
  request.headers = new Headers();
}

/** A browser in which this account is signed in, by a password say, since `minutesAgo`. */
export async function browserOf(userId: string, minutesAgo = 0): Promise<void> {
  newBrowser();
  await openSession({ userId, sessionEpoch: 0 });
  const authenticatedAt = new Date(Date.now() - minutesAgo * 60_000);
  await db().session.updateMany({ where: { userId }, data: { authenticatedAt } });
}

/** Where the way out leads. */
export async function goOut(provider: Provider, query: Record<string, string> = {}): Promise<string> {
  const response = await ask(starts[provider], `/api/auth/${provider}?${new URLSearchParams(query)}`);
  return response.headers.get("location") ?? String(response.status);
}

/** Where the way back leads, and what it says went wrong. */
export async function comeBack(provider: Provider, address: string) {
  const { pathname, search } = new URL(address);
  const response = await ask(backs[provider], `${pathname}${search}`);
  const to = new URL(response.headers.get("location") ?? "", app);
  return { response, to, path: `${to.pathname}${to.search}`, problem: to.searchParams.get("problem") };
}

/** Who is signed in in this browser, or null. */
export async function whoIsIn() {
  const idHash = await getSessionHash();
  const session = idHash && (await db().session.findUnique({ where: { idHash }, include: { user: true } }));
  return session?.user ?? null;
}

/** Runs with other settings of the operator. */
export async function withSettings<Answer>(
  settings: Partial<Env>,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const before = { ...env() };
  Object.assign(env(), settings);
  try {
    return await run();
  } finally {
    for (const name of Object.keys(settings)) delete (env() as Record<string, unknown>)[name];
    Object.assign(env(), before);
  }
}
