import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { openDiagnosis } from "@/components/connections/diagnosis-state";
import { TeamsCard } from "@/components/connections/teams-card";
import { openForm } from "@/lib/auth/form-state";
import type { Approval } from "@/lib/connections/approval";
import type { ConnectionView } from "@/lib/connections/queries";

vi.mock("@/lib/reader/locale", () => import("@/tests/support/locale"));

const connection: ConnectionView = {
  provider: "teams",
  state: "connected",
  reason: null,
  accountEmail: "ines@contoso.example",
  accountKind: "work",
  managed: false,
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
  works: { state: "connected", reason: null },
};

const use = { eventTypes: 3, eventTypesWithoutFallback: 2, upcomingBookings: 9, waitingMeetings: 2 };

interface Shown {
  connection?: Partial<ConnectionView> | null;
  approval?: Pick<Approval, "answer" | "createdAt"> | null;
  isConfigured?: boolean;
  canSignIn?: boolean;
  missingVariables?: string[] | null;
  notifiedAt?: Date | null;
  isReadOnly?: boolean;
  returnTo?: string;
  scopes?: string;
}

const never = async () => openForm;

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

/** A connection of this state, with what goes on working in it. */
function inState(changes: Partial<ConnectionView>): ConnectionView {
  const { state, reason } = { ...connection, ...changes };
  const works = state === "reconnect_needed" ? null : { state, reason };
  return { ...connection, works, ...changes };
}

function show(changes: Shown) {
  const card = createElement(TeamsCard, {
    isConfigured: changes.isConfigured ?? true,
    canSignIn: changes.canSignIn ?? true,
    missingVariables: changes.missingVariables ?? null,
    connection: changes.connection === null ? null : inState(changes.connection ?? {}),
    approval: changes.approval ?? null,
    returnTo: changes.returnTo ?? "/account/integrations",
    scopes: changes.scopes ?? "OnlineMeetings.ReadWrite Calendars.ReadWrite offline_access User.Read",
    use,
    isReadOnly: changes.isReadOnly ?? false,
    notifiedAt: changes.notifiedAt ?? null,
    clockwork: { timeZone: "Europe/Paris", clock: "24", now: Date.parse("2027-03-01T10:00:00Z") },
    actions: {
      disconnect: "/never",
      askForApproval: "/ask",
      check: never,
      test: never,
      diagnose: async () => openDiagnosis,
    },
  });
  const html = renderToStaticMarkup(createElement(AppRouterContext.Provider, { value: router }, card));
  const text = html
    .replaceAll("&#x27;", "'")
    .replace(/<[^>]+>/g, "|")
    .replace(/\|+/g, "|");
  return { html, text };
}

describe("the Microsoft Teams card", () => {
  it("the Microsoft Teams card is a region of that name", () => {
    expect(show({}).html).toMatch(/^<section[^>]* aria-labelledby="teams-card"/);
    expect(show({}).html).toMatch(/<h2 id="teams-card"[^>]*>Microsoft Teams<\/h2>/);
  });

  it("the Microsoft Teams card lets anyone who is connected disconnect, test and diagnose though the offer was taken back", () => {
    const withdrawn = show({ canSignIn: false });
    expect(withdrawn.text).toContain("|Microsoft Teams is no longer offered on this server|");
    for (const button of ["Disconnect", "Send me a test booking", "Diagnose"]) {
      expect(withdrawn.text).toContain(`|${button}|`);
    }
    const ended = show({
      canSignIn: false,
      connection: { state: "reconnect_needed", reason: "grant_ended" },
    });
    expect(ended.text).toContain("|Disconnect|");
    for (const { html } of [withdrawn, ended]) expect(html).not.toContain("/api/teams/connect");
  });

  it("the Microsoft Teams card says before another account is chosen how many bookings are in this one's calendar", () => {
    expect(show({}).text).toContain(
      "9 upcoming bookings are in this calendar. If you use another account, you choose",
    );
  });

  it("the Microsoft Teams card says what is missing on the server, and sends an administrator to fix it", () => {
    const organizer = show({ connection: null, isConfigured: false });
    expect(organizer.text).toContain("|OAuth not configured|");
    expect(organizer.text).toContain("|OAuth isn't configured on this server yet|");
    expect(organizer.html).not.toContain("/api/teams/connect");
    expect(organizer.html).not.toContain('href="/admin"');
    expect(organizer.text).not.toContain("TEAMS_");
    const missingVariables = ["TEAMS_CLIENT_ID", "TEAMS_CLIENT_SECRET"];
    const admin = show({ connection: null, isConfigured: false, missingVariables });
    expect(admin.html).toContain('href="/admin"');
    expect(admin.text).toContain("These variables aren't set: TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET");
  });

  it("the Microsoft Teams card lists the permissions before anyone leaves for Microsoft", () => {
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
    expect(html).toMatch(/<form action="\/ask" method="post"/);
  });

  it("the Microsoft Teams card says why it asks for each, what Microsoft calls it, and that no password is stored", () => {
    const { text } = show({ connection: null });
    expect(text).toContain("Microsoft will ask you to allow 4 things:");
    expect(text).toContain("“Have full access to your calendars”");
    expect(text).toContain("“Sign you in and read your profile”");
    expect(text).toContain("To see when you're busy".slice(3));
    expect(text).toContain("Bellhop doesn't store your password");
    expect(text).toContain("Bellhop never reads your email.");
  });

  it("the Microsoft Teams card lists what this server really asks for, and promises no more than that", () => {
    const { text } = show({
      connection: null,
      scopes: "https://graph.microsoft.com/Calendars.ReadWrite Mail.Read openid profile",
    });
    expect(text).toContain("Microsoft will ask you to allow 3 things:");
    expect(text).toContain("|Mail.Read|The person who runs this server asks for it.|");
    expect(text).toContain("|Maintain access to data you have given it access to|");
    expect(text).not.toContain("online meetings");
    expect(text).not.toContain("Bellhop never reads your email.");
    expect(show({ connection: null, scopes: "https://graph.microsoft.com/.default" }).text).toContain(
      "|Everything this app was registered for|",
    );
  });

  it.each([
    ["work", "If an administrator granted consent for everyone, only an administrator can remove it"],
    ["personal", "go to Microsoft"],
  ] as const)(
    "the Microsoft Teams card says what becomes of the consent of a %s account",
    (accountKind, rest) => {
      expect(show({ connection: { accountKind } }).text).toContain(rest);
    },
  );

  it.each([
    [null, "Waiting for your administrator", "Approval requested: Today 09:00."],
    ["approved", "Your administrator has approved Bellhop", "Connect now."],
    ["declined", "Your administrator declined", "Talk to them"],
  ] as const)(
    "the Microsoft Teams card shows how far the wait for an administrator is: %s",
    (answer, title, rest) => {
      const createdAt = new Date("2027-03-01T08:00:00Z");
      const { html, text } = show({ connection: null, approval: { answer, createdAt } });
      expect(text).toContain("|Need admin approval|");
      expect(text).toContain(`|${title}|`);
      expect(text).toContain(rest);
      expect(html).toContain('href="/api/teams/connect"');
      expect(html).toContain('href="/account/integrations/approval"');
    },
  );

  it("the Microsoft Teams card comes back to the page that sent the organizer here", () => {
    const { html } = show({ connection: null, returnTo: "/account/bookings" });
    expect(html).toContain('href="/api/teams/connect?returnTo=%2Faccount%2Fbookings"');
  });

  it("the Microsoft Teams card says which account is connected", () => {
    const { text } = show({});
    expect(text).toContain("|Connected|");
    expect(text).toContain("|Connected — ines@contoso.example|");
    expect(text).toContain("|Disconnect|");
    expect(text).toContain("9 upcoming bookings stay in Outlook, and their links keep working");
    expect(text).toContain("2 bookings have no link yet");
    expect(text).toContain("3 event types use Teams");
    expect(text).toContain("|Today 09:00|");
    expect(text).toContain("|Send me a test booking|");
    expect(text).not.toContain("Reconnect needed");
  });

  it("the Microsoft Teams card says that a calendar is only read, and offers no test that would write to it", () => {
    const { text } = show({ isReadOnly: true });
    expect(text).toContain("Read-only, as you chose");
    expect(text).not.toContain("Meetings are created and verified");
    expect(text).not.toContain("Send me a test booking");
  });

  it("the Microsoft Teams card lets the organizer choose another account in every state of a connection", () => {
    for (const state of ["connected", "limited", "reconnect_needed"] as const) {
      expect(show({ connection: { state } }).html).toContain('href="/api/teams/connect?account=select"');
    }
  });

  it.each(["connected", "limited"] as const)(
    "the Microsoft Teams card asks a %s account for scopes that came later",
    (state) => {
      const { html, text } = show({
        connection: {
          state: "reconnect_needed",
          reason: "scopes_added",
          missingScopes: ["Mail.Read", "calendars.readwrite"],
          works: { state, reason: state === "limited" ? "no_teams" : null },
        },
      });
      expect(text).not.toMatch(/\|(Connected|Limited)/);
      expect(text.split("|Reconnect needed|")).toHaveLength(2);
      expect(text).toContain("|ines@contoso.example|");
      expect(text).toContain("|Mail.Read|");
      expect(text).toContain("|Read and write your calendar (calendars.readwrite)|");
      expect(text).toContain("Everything works as before until then");
      expect(html).toMatch(/<form action="\/api\/teams\/connect">/);
    },
  );

  it.each([
    ["personal_account", "Personal Microsoft account: your calendar works, Teams meetings do not"],
    ["no_teams", "This account has no Teams: your calendar works, Teams meetings do not"],
    ["no_mailbox", "This account has no Outlook mailbox"],
    ["a_reason_of_a_newer_version", "This account can't do everything"],
  ])("the Microsoft Teams card says what a limited account can't do: %s", (reason, words) => {
    const { text } = show({ connection: { state: "limited", reason, teamsAvailable: false } });
    expect(text).toContain(`|${words}|`);
    expect(text).toContain("|Connect Microsoft Account|");
    expect(text).toContain("2 event types use Teams and have no alternative location.");
    expect(text).toContain("|Edit your event types|");
  });

  it("the Microsoft Teams card can look again at a work account, which a personal one has no use for", () => {
    const limited = (reason: string) => show({ connection: { state: "limited", reason } }).text;
    expect(limited("no_teams")).toContain("|Check again|");
    expect(limited("no_mailbox")).toContain("|Check again|");
    expect(limited("personal_account")).not.toContain("|Check again|");
  });

  it("the Microsoft Teams card asks back with a button, once, and says what waits", () => {
    const { html, text } = show({ connection: { state: "reconnect_needed", reason: "consent_removed" } });
    expect(text.split("|Reconnect needed|")).toHaveLength(2);
    expect(html).toMatch(
      /<form action="\/api\/teams\/connect"><input type="hidden" name="by" value="button"\/>/,
    );
    expect(html).toMatch(/<button[^>]*type="submit"/);
    expect(text).toContain("2 meetings without a Teams link");
    expect(text.indexOf("|Reconnect|")).toBeLessThan(text.indexOf("|Disconnect|"));
  });

  it("the Microsoft Teams card says when a mail asked the organizer back", () => {
    const notifiedAt = new Date("2027-02-28T20:00:00Z");
    const { text } = show({ connection: { state: "reconnect_needed" }, notifiedAt });
    expect(text).toContain("Yesterday 21:00, by email");
  });

  it("the Microsoft Teams card names missing permissions", () => {
    const { text } = show({
      connection: {
        state: "reconnect_needed",
        reason: "missing_scopes",
        missingScopes: ["Calendars.ReadWrite"],
      },
    });
    expect(text).toContain("|Read and write your calendar (Calendars.ReadWrite)|");
  });

  it.each([
    ["work", "https://myapps.microsoft.com/"],
    ["personal", "https://account.live.com/consent/Manage"],
  ] as const)(
    "the Microsoft Teams card leads a %s account to where Microsoft keeps the grant",
    (accountKind, page) => {
      expect(show({ connection: { accountKind } }).html).toContain(`href="${page}"`);
    },
  );
});
