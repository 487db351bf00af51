import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ConnectionBanner } from "@/components/bookings/connection-banner";
import { TeamsState } from "@/components/event-types/teams-state";
import type { ConnectionView } from "@/lib/connections/queries";

const at = new Date("2027-03-01T08:00:00Z");

const ended: ConnectionView = {
  provider: "teams",
  state: "reconnect_needed",
  reason: "consent_removed",
  accountEmail: "ines@contoso.example",
  accountKind: "work",
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

const render = (element: ReactElement) =>
  renderToStaticMarkup(createElement(AppRouterContext.Provider, { value: router }, element));

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
  ])("begins the reconnect itself and comes back: %s", (_, connection) => {
    const html = banner(connection);
    expect(html).toContain("Reconnect needed");
    expect(html).toMatch(
      /<a [^>]*href="\/api\/teams\/connect\?returnTo=%2Faccount%2Fbookings"[^>]*>Reconnect<\/a>/,
    );
  });

  it("says what goes on working", () => {
    expect(banner(lacking)).toContain("goes on working");
    expect(banner(lacking)).not.toContain("Noticed");
    expect(banner(ended)).toContain("Noticed today at 09:00");
    expect(banner(ended)).not.toContain("goes on working");
  });

  it("stays away where no Microsoft account can be connected", () => {
    expect(banner(lacking, { setup: "hidden" })).toBe("");
  });
});

describe("an event type that takes place in Teams", () => {
  it.each([
    ["an ended connection", ended, "wait for their Teams link"],
    ["a permission that is asked for only now", lacking, "goes on working"],
  ])("asks for the reconnect and begins it: %s", (_, connection, effect) => {
    const html = editor(connection);
    expect(html).toContain("Reconnect needed");
    expect(html).toContain(effect);
    expect(html).toMatch(
      /<a [^>]*href="\/api\/teams\/connect\?returnTo=%2Faccount%2Fevent-types%2F1"[^>]*>Reconnect<\/a>/,
    );
    expect(html).not.toContain(">Connected<");
  });

  it("offers no reconnect where no Microsoft account can be connected", () => {
    expect(editor(ended, false)).not.toContain("/api/teams/connect");
  });
});
