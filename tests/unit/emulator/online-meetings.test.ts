import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Account } from "@/tests/emulator/state";
import {
  ALL_SCOPES,
  freshEmail,
  graphAs,
  newAccount,
  type Stage,
  startStage,
  teamsEvent,
} from "@/tests/unit/emulator/support";

let stage: Stage;
let account: Account;
let graph: Awaited<ReturnType<typeof graphAs>>;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.emulator.close());
beforeEach(async () => {
  account = await newAccount(stage);
  graph = await graphAs(stage, account);
});

async function joinUrl(): Promise<string> {
  return (await graph("POST", "/me/events", teamsEvent())).body.onlineMeeting.joinUrl;
}
const find = (url: string) =>
  graph("GET", `/me/onlineMeetings?$filter=${encodeURIComponent(`JoinWebUrl eq '${url}'`)}`);

describe("finding", () => {
  test("finding an online meeting works with the exact link, encoded once more as a query value", async () => {
    const url = await joinUrl();
    const { body } = await find(url);
    expect(body.value).toHaveLength(1);
    expect(body.value[0]).toMatchObject({ joinWebUrl: url, lobbyBypassSettings: { scope: "organization" } });
    const id = body.value[0].joinMeetingIdSettings.joinMeetingId;
    expect(
      (await graph("GET", `/me/onlineMeetings?$filter=joinMeetingIdSettings/joinMeetingId eq '${id}'`)).body
        .value,
    ).toHaveLength(1);
  });

  test("finding an online meeting by a link that was decoded on the way fails with 400 and 1026, not with an empty list", async () => {
    const url = await joinUrl();
    const { status, body } = await graph("GET", `/me/onlineMeetings?$filter=JoinWebUrl eq '${url}'`);
    expect([status, body.error.code]).toEqual([400, "BadRequest"]);
    expect(body.error.message).toMatch(/^1026/);
  });

  test("finding an online meeting needs a filter and takes no other option", async () => {
    expect((await graph("GET", "/me/onlineMeetings")).body.error.message).toContain(
      "Filter expression expected",
    );
    expect((await graph("GET", "/me/onlineMeetings?$filter=subject eq 'x'")).status).toBe(400);
    expect((await graph("GET", "/me/onlineMeetings?$top=1&$filter=JoinWebUrl eq 'x'")).status).toBe(400);
  });

  test("finding an online meeting finds one's own meetings only", async () => {
    const other = await graphAs(stage, await newAccount(stage));
    const { status } = await other(
      "GET",
      `/me/onlineMeetings?$filter=${encodeURIComponent(`JoinWebUrl eq '${await joinUrl()}'`)}`,
    );
    expect(status).toBe(400);
  });
});

describe("options", () => {
  test("options of an online meeting are changed, and read back", async () => {
    const [meeting] = (await find(await joinUrl())).body.value;
    const changes = {
      lobbyBypassSettings: { scope: "everyone" },
      recordAutomatically: true,
      allowedPresenters: "organizer",
    };
    const { status, body } = await graph("PATCH", `/me/onlineMeetings/${meeting.id}`, changes);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...changes,
      lobbyBypassSettings: { scope: "everyone", isDialInBypassEnabled: false },
    });
    expect((await graph("GET", `/me/onlineMeetings/${meeting.id}`)).body).toMatchObject(changes);
  });

  test("options of an online meeting that the tenant forces stay as they are, without a word", async () => {
    const tenant = await stage.control.addTenant({
      domain: `${freshEmail("t.example").split("@")[0]}.example`,
      meetingOptionOverrides: { recordAutomatically: false },
    });
    const theirs = await newAccount(stage, { tenant: tenant.id, email: freshEmail(tenant.domain) });
    const asThem = await graphAs(stage, theirs);
    const made = await asThem("POST", "/me/onlineMeetings", { subject: "x" });
    const { status, body } = await asThem("PATCH", `/me/onlineMeetings/${made.body.id}`, {
      recordAutomatically: true,
    });
    expect([status, body.recordAutomatically]).toEqual([200, false]);
  });

  test.each([
    ["the passcode", { joinMeetingIdSettings: { isPasscodeRequired: false } }],
    ["the join link", { joinWebUrl: "https://example.org" }],
    ["an unknown scope", { lobbyBypassSettings: { scope: "nobody" } }],
    ["a start without an end", { startDateTime: "2031-03-03T09:00:00Z" }],
    ["presenters by role without one", { allowedPresenters: "roleIsPresenter" }],
    ["an unknown option", { allowDancing: true }],
  ])("options of an online meeting refuse %s", async (_name, changes) => {
    const [meeting] = (await find(await joinUrl())).body.value;
    expect((await graph("PATCH", `/me/onlineMeetings/${meeting.id}`, changes)).status).toBe(400);
  });
});

test("a meeting made alone is on no calendar and invites no one", async () => {
  const { status, body } = await graph("POST", "/me/onlineMeetings", {
    subject: "Alone",
    startDateTime: "2031-03-03T09:00:00Z",
    endDateTime: "2031-03-03T10:00:00Z",
  });
  expect(status).toBe(201);
  const mailbox = await stage.control.mailbox(account.email);
  expect([mailbox.events, mailbox.sentInvitations]).toEqual([[], []]);
  expect((await graph("DELETE", `/me/onlineMeetings/${body.id}`)).status).toBe(204);
  expect((await graph("GET", `/me/onlineMeetings/${body.id}`)).status).toBe(404);
});

test("personal accounts and accounts without Teams are turned away", async () => {
  const personal = await graphAs(stage, await newAccount(stage, { tenant: "consumers" }));
  const answer = await personal("GET", "/me/onlineMeetings?$filter=JoinWebUrl eq 'x'");
  expect([answer.status, answer.body.error.code]).toEqual([400, "BadRequest"]);
  expect(answer.body.error.message).toContain("not supported for MSA accounts");
  await stage.control.changeAccount(account.email, { hasTeams: false });
  expect((await graph("POST", "/me/onlineMeetings", {})).status).toBe(403);
});

describe("attendance reports", () => {
  const withReports = `${ALL_SCOPES} OnlineMeetingArtifact.Read.All`;
  const stays = [{ from: "2031-03-03T08:02:00Z", to: "2031-03-03T08:31:00Z" }];

  test("attendance reports come one for each time people met, name no one in the list, and guests by what they typed alone", async () => {
    const reader = await graphAs(stage, account, withReports);
    const url = await joinUrl();
    const [meeting] = (await find(url)).body.value;
    const path = `/me/onlineMeetings/${encodeURIComponent(meeting.id)}/attendanceReports`;
    expect((await reader("GET", path)).body.value).toEqual([]);
    for (const name of ["First", "Second"]) {
      await stage.control.addAttendanceReport(account.email, url, {
        people: [
          { role: "Organizer", email: account.email, accountId: account.id, stays },
          { name, stays },
        ],
      });
    }
    const { value } = (await reader("GET", path)).body;
    expect(value).toMatchObject([
      { totalParticipantCount: 2, attendanceRecords: [] },
      { attendanceRecords: [] },
    ]);
    const report = `${path}/${value[0].id}`;
    expect((await reader("GET", report)).body.attendanceRecords).toEqual([]);
    expect((await reader("GET", `${report}?$expand=attendanceRecords`)).body.attendanceRecords).toMatchObject(
      [
        { emailAddress: account.email, role: "Organizer", totalAttendanceInSeconds: 1740 },
        { emailAddress: null, identity: { id: null, displayName: "Second" } },
      ],
    );
    expect((await reader("GET", `${path}/unknown`)).status).toBe(404);
  });

  test("attendance reports need a permission of their own, which people or administrators alone may give", async () => {
    const url = await joinUrl();
    const [meeting] = (await find(url)).body.value;
    const path = `/me/onlineMeetings/${encodeURIComponent(meeting.id)}/attendanceReports`;
    expect((await graph("GET", path)).status).toBe(403);
    await stage.control.changeSettings({ artifactConsent: "admin" });
    await expect(graphAs(stage, account, withReports)).rejects.toThrow("Need admin approval");
    await stage.control.changeSettings({ artifactConsent: "user" });
    expect((await (await graphAs(stage, account, withReports))("GET", path)).status).toBe(200);
  });
});
