import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { createElement, type ReactElement } from "react";
import { prerender } from "react-dom/static";
import { describe, expect, it, vi } from "vitest";
import { ConnectionProblemBanner } from "@/components/connections/connection-problem";
import { TeamsState } from "@/components/event-types/teams-state";
import { ConnectionBanner } from "@/components/organizer-bookings/connection-banner";
import type { ConnectionView } from "@/lib/connections/queries";

vi.mock("@/lib/reader/locale", () => import("@/tests/support/locale"));

vi.mock("next/headers", () => import("@/tests/support/next-request"));

const at = new Date("2027-03-01T08:00:00Z");

const ended: ConnectionView = {
  provider: "teams",
  state: "reconnect_needed",
  reason: "consent_removed",
  accountEmail: "ines@contoso.example",
  accountKind: "work",
  managed: false,
  tenantId: "c0470500-0000-4000-8000-000000000001",
  teamsAvailable: true,
  expiresAt: at,
  lastUsedAt: null,
  lastVerifiedAt: at,
  lastError: null,
  createdAt: at,
  updatedAt: at,
  grantedScopes: ["User.Read"],
  missingScopes: [],
  works: null,
};

const lacking: ConnectionView = {
  ...ended,
  reason: "scopes_added",
  missingScopes: ["Mail.Read"],
  works: { state: "connected", reason: null },
};

const nowhere = () => undefined;
const router = {
  back: nowhere,
  forward: nowhere,
  refresh: nowhere,
  push: nowhere,
  replace: nowhere,
  prefetch: nowhere,
  bfcacheId: "",
};

async function render(element: ReactElement): Promise<string> {
  const { prelude } = await prerender(createElement(AppRouterContext.Provider, { value: router }, element));
  return new Response(prelude).text();
}

const banner = (connection: ConnectionView, more: object = {}) =>
  render(
    createElement(ConnectionBanner, {
      connection,
      setup: "ready",
      needsTeams: true,
      waiting: 0,
      since: null,
      role: "organizer",
      timeZone: "Europe/Paris",
      now: Date.parse("2027-03-01T10:00:00Z"),
      ...more,
    }),
  );

const editor = (connection: ConnectionView, mayConnect = true) =>
  render(
    createElement(TeamsState, { connection, isReadOnly: false, mayConnect, path: "/account/event-types/1" }),
  );

describe("the banner on Bookings", () => {
  it.each([
    ["an ended connection", ended],
    ["a permission that is asked for only now", lacking],
  ])("the banner on Bookings begins the reconnect itself and comes back: %s", async (_, connection) => {
    const html = await banner(connection);
    expect(html).toContain("Reconnect needed");
    expect(html).toMatch(
      /<a [^>]*href="\/api\/teams\/connect\?returnTo=%2Faccount%2Fbookings"[^>]*>Reconnect<\/a>/,
    );
  });

  it("the banner on Bookings says what goes on working", async () => {
    expect(await banner(lacking)).toContain("works as before");
    expect(await banner(lacking)).not.toContain("Since");
    expect(await banner(ended)).toMatch(/Since today at (09:00|9:00)/);
    expect(await banner(ended)).not.toContain("works as before");
  });

  it("the banner on Bookings stays away where no Microsoft account can be connected", async () => {
    expect(await banner(lacking, { setup: "hidden" })).toBe("");
  });
});

describe("an event type that takes place in Teams", () => {
  it.each([
    ["an ended connection", ended, "get a Teams link until you reconnect"],
    ["a permission that is asked for only now", lacking, "works as before"],
  ])(
    "an event type that takes place in Teams asks for the reconnect and begins it: %s",
    async (_, connection, effect) => {
      const html = await editor(connection);
      expect(html).toContain("Reconnect needed");
      expect(html).toContain(effect);
      expect(html).toMatch(
        /<a [^>]*href="\/api\/teams\/connect\?returnTo=%2Faccount%2Fevent-types%2F1"[^>]*>Reconnect<\/a>/,
      );
      expect(html).not.toContain(">Connected<");
    },
  );

  it("an event type that takes place in Teams offers no reconnect where no Microsoft account can be connected", async () => {
    expect(await editor(ended, false)).not.toContain("/api/teams/connect");
  });
});

describe("a sign-in that came back without consent", () => {
  const bannerFor = (code: "declined" | "need_admin_approval") =>
    render(
      createElement(ConnectionProblemBanner, {
        problem: { code, supportCode: null },
        askForApproval: "/ask",
        returnTo: "/account/integrations",
      }),
    );

  it("a sign-in that came back without consent says both things that it may mean, and blames no one for either", async () => {
    const html = await bannerFor("declined");
    expect(html).toContain("<strong>You declined the permissions</strong>");
    expect(html).toContain("<strong>Need admin approval</strong>");
    expect(html).not.toMatch(/<h2[^>]*>You declined/);
    expect(html).toContain('action="/ask"');
  });

  it("a sign-in that came back without consent says the one that is known", async () => {
    const html = await bannerFor("need_admin_approval");
    expect(html).toMatch(/<h2[^>]*>Need admin approval<\/h2>/);
    expect(html).not.toContain("You declined");
  });
});
