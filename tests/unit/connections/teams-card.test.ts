import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { TeamsCard } from "@/components/connections/teams-card";
import type { ConnectionView } from "@/lib/connections/queries";

const connection: ConnectionView = {
  provider: "teams",
  state: "connected",
  reason: null,
  accountEmail: "ines@contoso.example",
  accountKind: "work",
  tenantId: "c0470500-0000-4000-8000-000000000001",
  teamsAvailable: true,
  expiresAt: new Date("2027-03-01T09:00:00Z"),
  lastUsedAt: null,
  lastVerifiedAt: new Date("2027-03-01T08:00:00Z"),
  lastError: null,
  createdAt: new Date("2027-03-01T08:00:00Z"),
  updatedAt: new Date("2027-03-01T08:00:00Z"),
  grantedScopes: ["User.Read"],
  missingScopes: [],
};

const use = { eventTypes: 3, readyMeetings: 9, waitingMeetings: 2 };

function show(changes: {
  connection?: Partial<ConnectionView> | null;
  isConfigured?: boolean;
  isAdmin?: boolean;
}) {
  const html = renderToStaticMarkup(
    createElement(TeamsCard, {
      isConfigured: changes.isConfigured ?? true,
      isAdmin: changes.isAdmin ?? false,
      connection: changes.connection === null ? null : { ...connection, ...changes.connection },
      use,
      disconnect: "/never",
    }),
  );
  const text = html
    .replaceAll("&#x27;", "'")
    .replace(/<[^>]+>/g, "|")
    .replace(/\|+/g, "|");
  return { html, text };
}

describe("the Microsoft Teams card", () => {
  it("is a region of that name", () => {
    expect(show({}).html).toMatch(/^<section[^>]* aria-labelledby="teams-card"/);
    expect(show({}).html).toMatch(/<h2 id="teams-card"[^>]*>Microsoft Teams<\/h2>/);
  });

  it("says what is missing on the server, and sends an administrator to mend it", () => {
    const organizer = show({ connection: null, isConfigured: false });
    expect(organizer.text).toContain("|OAuth not configured|");
    expect(organizer.text).toContain("|OAuth isn't configured on this server yet|");
    expect(organizer.html).not.toContain("/api/teams/connect");
    expect(organizer.html).not.toContain('href="/admin"');
    expect(show({ connection: null, isConfigured: false, isAdmin: true }).html).toContain('href="/admin"');
  });

  it("lists the permissions before anybody leaves for Microsoft", () => {
    const { html, text } = show({ connection: null });
    for (const line of [
      "Read and create your online meetings",
      "Read and write your calendar",
      "Read your profile",
      "Maintain access to data you have given it access to",
    ]) {
      expect(text).toContain(`|${line}|`);
    }
    expect(html).toMatch(/<a href="\/api\/teams\/connect"[^>]*>Connect Microsoft Teams<\/a>/);
    expect(text).not.toContain("Disconnect");
  });

  it("says which account is connected", () => {
    const { text } = show({});
    expect(text).toContain("|Connected|");
    expect(text).toContain("|Connected — ines@contoso.example|");
    expect(text).toContain("|Disconnect|");
    expect(text).toContain("The 9 meetings already made stay in Outlook");
    expect(text).not.toContain("Reconnect needed");
  });

  it.each([
    ["personal_account", "Personal Microsoft account: your calendar works, Teams meetings do not"],
    ["no_teams", "This account has no Teams: your calendar works, Teams meetings do not"],
    ["no_mailbox", "This account has no Outlook mailbox"],
    ["a_reason_of_a_newer_version", "This account can't do everything"],
  ])("says what a limited account can't do: %s", (reason, words) => {
    const { text } = show({ connection: { state: "limited", reason, teamsAvailable: false } });
    expect(text).toContain(`|${words}|`);
    expect(text).toContain("|Connect Microsoft Account|");
  });

  it("asks back with a button, once, and says what waits", () => {
    const { html, text } = show({ connection: { state: "reconnect_needed", reason: "consent_removed" } });
    expect(text.split("|Reconnect needed|")).toHaveLength(2);
    expect(html).toMatch(
      /<form action="\/api\/teams\/connect"><input type="hidden" name="by" value="button"\/>/,
    );
    expect(html).toMatch(/<button[^>]*type="submit"/);
    expect(text).toContain("2 meetings without a Teams link");
  });

  it("names missing permissions", () => {
    const { text } = show({
      connection: {
        state: "reconnect_needed",
        reason: "missing_scopes",
        missingScopes: ["Calendars.ReadWrite"],
      },
    });
    expect(text).toContain("Calendars.ReadWrite");
  });

  it.each([
    ["work", "https://myaccount.microsoft.com/"],
    ["personal", "https://account.live.com/consent/Manage"],
  ] as const)("leads a %s account to where Microsoft keeps the grant", (accountKind, page) => {
    expect(show({ connection: { accountKind } }).html).toContain(`href="${page}"`);
  });
});
