import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Account } from "@/tests/emulator/state";
import {
  freshEmail,
  graphAs,
  graphWith,
  IMMUTABLE,
  newAccount,
  newTokens,
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

const MARK = "String {11111111-2222-3333-4444-555555555555} Name bookingId";
const sent = async () =>
  (await stage.control.mailbox(account.email)).sentInvitations.map(({ kind, to, comment }) => [
    kind,
    to,
    comment,
  ]);

describe("who is let in", () => {
  const code = async (token: string) => {
    const { status, headers, body } = await graphWith(stage, token)("GET", "/me");
    return [status, body.error.code, headers.has("www-authenticate")];
  };

  test("no one without a token, with a strange one, or with one that has run out", async () => {
    expect(await code("")).toEqual([401, "InvalidAuthenticationToken", true]);
    expect(await code("abc")).toEqual([401, "InvalidAuthenticationToken", true]);
    const { access_token } = await newTokens(stage, account);
    await stage.control.expireAccessTokens(account.email);
    expect(await code(access_token)).toEqual([401, "InvalidAuthenticationToken", true]);
  });

  test("a token opens events only with the permission that is needed", async () => {
    const reader = await graphAs(stage, account, "User.Read Calendars.Read");
    expect((await reader("GET", "/me/events")).status).toBe(200);
    expect((await reader("POST", "/me/events", teamsEvent())).body.error.code).toBe("ErrorAccessDenied");
    expect((await reader("GET", "/me/onlineMeetings?$filter=JoinWebUrl eq 'x'")).status).toBe(403);
    const other = await graphAs(stage, account, "Calendars.ReadWrite");
    expect((await other("GET", "/me")).body.error.code).toBe("Authorization_RequestDenied");
  });

  test("no one is let into a mailbox that is not there", async () => {
    const without = await newAccount(stage, { hasMailbox: false });
    const answer = await (await graphAs(stage, without))("GET", "/me/calendar");
    expect([answer.status, answer.body.error.code]).toEqual([404, "MailboxNotEnabledForRESTAPI"]);
  });

  test("every answer carries its ids and the date", async () => {
    const { headers, body } = await graph("GET", "/me/events/x", undefined, {
      "client-request-id": "my-own-id",
    });
    expect(headers.get("client-request-id")).toBe("my-own-id");
    expect(headers.get("request-id")).toBe(body.error.innerError["request-id"]);
    expect(headers.get("date")).toBeTruthy();
  });
});

describe("the account", () => {
  test("an account has an address in mail, and a personal one has a short id and none", async () => {
    expect((await graph("GET", "/me")).body).toMatchObject({ id: account.id, mail: account.email });
    const personal = await graphAs(stage, await newAccount(stage, { tenant: "consumers" }));
    const { body } = await personal("GET", "/me");
    expect(body.id).toMatch(/^[0-9a-f]{16}$/);
    expect(body.mail).toBeNull();
  });

  test("an account can have Teams or not, as the calendar says", async () => {
    const path = "/me/calendar?$select=allowedOnlineMeetingProviders,owner";
    expect((await graph("GET", path)).body).toMatchObject({
      allowedOnlineMeetingProviders: ["teamsForBusiness"],
      owner: { address: account.email },
    });
    await stage.control.changeAccount(account.email, { hasTeams: false });
    expect((await graph("GET", path)).body.allowedOnlineMeetingProviders).toEqual([]);
    expect((await graph("GET", "/me/calendars")).body.value).toHaveLength(1);
  });
});

describe("creating", () => {
  test("creating an event gives a Teams link in onlineMeeting.joinUrl, and null in onlineMeetingUrl", async () => {
    const { status, headers, body } = await graph("POST", "/me/events", teamsEvent(), IMMUTABLE);
    expect(status).toBe(201);
    expect(headers.get("preference-applied")).toBe('IdType="ImmutableId"');
    expect(body).toMatchObject({
      onlineMeetingUrl: null,
      isOnlineMeeting: true,
      onlineMeetingProvider: "teamsForBusiness",
      showAs: "busy",
      type: "singleInstance",
      isOrganizer: true,
      originalStartTimeZone: "Europe/Paris",
      start: { dateTime: "2031-03-03T08:00:00.0000000", timeZone: "UTC" },
      responseStatus: { response: "organizer", time: "0001-01-01T00:00:00Z" },
    });
    expect(body["@odata.etag"]).toBe(`W/"${body.changeKey}"`);
    expect(body.iCalUId).toMatch(/^040000008200E00074C5B7101A82E008/);
    expect(body.onlineMeeting.joinUrl).toMatch(
      /^https:\/\/teams\.microsoft\.com\/l\/meetup-join\/19%3ameeting_\w+%40thread\.v2\/0\?context=%7b%22Tid/,
    );
    expect(body.body.contentType).toBe("html");
    expect(body.body.content).toContain("Join the meeting now");
    expect(body).not.toHaveProperty("transactionId");
    expect(body).not.toHaveProperty("singleValueExtendedProperties");
  });

  test("creating an event ignores a request for Teams silently where there is none", async () => {
    const without = await newAccount(stage, { hasTeams: false });
    const { status, body } = await (await graphAs(stage, without))("POST", "/me/events", teamsEvent());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      isOnlineMeeting: false,
      onlineMeetingProvider: "unknown",
      onlineMeeting: null,
    });
    const personal = await graphAs(stage, await newAccount(stage, { tenant: "consumers" }));
    const other = await personal("POST", "/me/events", teamsEvent());
    expect(other.body).toMatchObject({
      isOnlineMeeting: false,
      onlineMeetingProvider: null,
      onlineMeeting: null,
    });
  });

  test("creating an event may show the join link only after some reads", async () => {
    await stage.control.changeAccount(account.email, { joinUrlAfterReads: 2 });
    const { body } = await graph("POST", "/me/events", teamsEvent());
    expect(body).toMatchObject({ isOnlineMeeting: true, onlineMeeting: null });
    const read = async () =>
      (await graph("GET", `/me/events/${body.id}`)).body.onlineMeeting?.joinUrl ?? null;
    expect(await read()).toBeNull();
    expect(await read()).toMatch(/^https:\/\/teams/);
  });

  test("creating an event cleans and wraps the body", async () => {
    const content = '<p onclick="x()">Hi</p><script>alert(1)</script>';
    const { body } = await graph(
      "POST",
      "/me/events",
      teamsEvent({ body: { contentType: "html", content } }),
    );
    expect(body.body.content).toMatch(/^<html>/);
    expect(body.body.content).not.toMatch(/script|onclick/);
    const text = await graph("GET", `/me/events/${body.id}`, undefined, {
      prefer: 'outlook.body-content-type="text"',
    });
    expect(text.body.body).toMatchObject({ contentType: "text", content: expect.stringMatching(/^Hi/) });
  });

  test("creating an event mails one invitation to each attendee", async () => {
    await graph("POST", "/me/events", teamsEvent());
    expect(await sent()).toEqual([["invitation", "ann@example.org", null]]);
  });

  test.each([
    ["an unknown property", { colour: "red" }, "RequestBodyRead"],
    ["a read-only property", { iCalUId: "x" }, "RequestBodyRead"],
    ["a link of one's own", { onlineMeeting: { joinUrl: "https://example.org" } }, "RequestBodyRead"],
    ["a wrong type", { isOnlineMeeting: "yes" }, "RequestBodyRead"],
    ["an unknown provider", { onlineMeetingProvider: "zoom" }, "RequestBodyRead"],
    [
      "an offset in dateTime",
      { start: { dateTime: "2031-03-03T09:00:00+01:00", timeZone: "UTC" } },
      "ErrorPropertyValidationFailure",
    ],
    [
      "a Z in dateTime",
      { start: { dateTime: "2031-03-03T09:00:00Z", timeZone: "UTC" } },
      "ErrorPropertyValidationFailure",
    ],
    [
      "a zone no one knows",
      { start: { dateTime: "2031-03-03T09:00:00", timeZone: "Mars/Olympus" } },
      "TimeZoneNotSupportedException",
    ],
    [
      "an IANA zone the calendar does not list",
      { start: { dateTime: "2031-03-03T09:00:00", timeZone: "Europe/Zurich" } },
      "TimeZoneNotSupportedException",
    ],
    [
      "an end before the start",
      { end: { dateTime: "2031-03-03T08:00:00", timeZone: "Europe/Paris" } },
      "ErrorPropertyValidationFailure",
    ],
    ["an all-day event at nine", { isAllDay: true }, "ErrorPropertyValidationFailure"],
    [
      "an attendee without an address",
      { attendees: [{ emailAddress: { address: "nobody" } }] },
      "ErrorInvalidRecipients",
    ],
    [
      "501 attendees",
      {
        attendees: Array.from({ length: 501 }, (_, at) => ({
          emailAddress: { address: `a${at}@example.org` },
        })),
      },
      "ErrorTooManyRecipients",
    ],
    [
      "a badly named extended property",
      { singleValueExtendedProperties: [{ id: "bookingId", value: "1" }] },
      "RequestBodyRead",
    ],
  ])("creating an event refuses %s", async (_name, changes, code) => {
    const { status, body } = await graph("POST", "/me/events", teamsEvent(changes));
    expect([status, body.error.code]).toEqual([400, code]);
    expect((await stage.control.mailbox(account.email)).events).toEqual([]);
  });

  test("creating an event refuses what is not JSON, or not said to be", async () => {
    expect((await graph("POST", "/me/events", "{", { "content-type": "application/json" })).status).toBe(400);
    expect((await graph("POST", "/me/events", "{}", { "content-type": "text/plain" })).status).toBe(400);
    expect((await graph("POST", "/me/events")).status).toBe(400);
  });

  test("creating an event takes Windows names, and an all-day event at midnight", async () => {
    const zone = "Romance Standard Time";
    const day = (date: string) => ({ dateTime: `${date}T00:00:00`, timeZone: zone });
    const { body } = await graph("POST", "/me/events", {
      subject: "Off",
      isAllDay: true,
      start: day("2031-03-03"),
      end: day("2031-03-04"),
    });
    expect(body.start).toEqual({ dateTime: "2031-03-03T00:00:00.0000000", timeZone: "UTC" });
  });
});

describe("the transaction id", () => {
  test("the same transaction id with the same content gives the same event, and one invitation", async () => {
    const first = await graph("POST", "/me/events", teamsEvent({ transactionId: "t-1" }), IMMUTABLE);
    const again = await graph("POST", "/me/events", { transactionId: "t-1", ...teamsEvent() }, IMMUTABLE);
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    expect(again.body.transactionId).toBe("t-1");
    expect(await sent()).toHaveLength(1);
  });

  test("the same transaction id with other content is refused, and names the event that has it", async () => {
    const first = await graph("POST", "/me/events", teamsEvent({ transactionId: "t-2" }), IMMUTABLE);
    const again = await graph(
      "POST",
      "/me/events",
      teamsEvent({ transactionId: "t-2", subject: "Else" }),
      IMMUTABLE,
    );
    expect([again.status, again.body.error.code]).toEqual([400, "ErrorDuplicateTransactionId"]);
    expect(again.body.error["@event.existingEventId"]).toBe(first.body.id);
  });

  test("the transaction id is not free again after the event was deleted, and cannot be changed", async () => {
    const first = await graph("POST", "/me/events", teamsEvent({ transactionId: "t-3" }), IMMUTABLE);
    expect((await graph("PATCH", `/me/events/${first.body.id}`, { transactionId: "t-4" })).status).toBe(400);
    await graph("DELETE", `/me/events/${first.body.id}`);
    const again = await graph("POST", "/me/events", teamsEvent({ transactionId: "t-3" }), IMMUTABLE);
    expect(again.body.error.code).toBe("ErrorDuplicateTransactionId");
  });

  test("the transaction id is the mailbox's own", async () => {
    await graph("POST", "/me/events", teamsEvent({ transactionId: "t-5" }));
    const other = await graphAs(stage, await newAccount(stage));
    expect(
      (await other("POST", "/me/events", teamsEvent({ transactionId: "t-5", subject: "Else" }))).status,
    ).toBe(201);
  });
});

describe("extended properties", () => {
  test("extended properties are found by filter and shown by expand only", async () => {
    const property = { id: MARK, value: "42" };
    const { body } = await graph(
      "POST",
      "/me/events",
      teamsEvent({ singleValueExtendedProperties: [property] }),
    );
    await graph("POST", "/me/events", teamsEvent());
    const filter = encodeURIComponent(
      `singleValueExtendedProperties/Any(ep: ep/id eq '${MARK}' and ep/value eq '42')`,
    );
    const found = await graph("GET", `/me/events?$filter=${filter}`);
    expect(found.body.value.map((event: { id: string }) => event.id)).toEqual([body.id]);
    expect(found.body.value[0]).not.toHaveProperty("singleValueExtendedProperties");
    const expand = encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${MARK}')`);
    const shown = await graph("GET", `/me/events/${body.id}?$select=id&$expand=${expand}`);
    expect(shown.body.singleValueExtendedProperties).toEqual([property]);
    expect((await graph("GET", `/me/events/${body.id}?$expand=singleValueExtendedProperties`)).status).toBe(
      400,
    );
  });
});

describe("ids", () => {
  test("event ids differ by kind, are case-sensitive, and belong to one mailbox", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent(), IMMUTABLE);
    const plain = await graph("GET", `/me/events/${body.id}`);
    expect(plain.body.id).not.toBe(body.id);
    expect((await graph("GET", `/me/events/${plain.body.id}`, undefined, IMMUTABLE)).body.id).toBe(body.id);
    expect((await graph("GET", `/me/events/${body.id.toLowerCase()}`)).body.error.code).toBe(
      "ErrorInvalidIdMalformed",
    );
    const other = await graphAs(stage, await newAccount(stage));
    expect((await other("GET", `/me/events/${body.id}`)).body.error.code).toBe("ErrorItemNotFound");
    const { idKindsUsed } = await stage.control.mailbox(account.email);
    expect(idKindsUsed.mutable).toBeGreaterThan(0);
    expect(idKindsUsed.immutable).toBeGreaterThan(0);
  });
});

describe("reading", () => {
  test("reading events in a preferred zone works, and a zone that is not known is refused", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent());
    const zone = async (name: string) =>
      graph("GET", `/me/events/${body.id}`, undefined, { prefer: `outlook.timezone="${name}"` });
    expect((await zone("Pacific Standard Time")).body.start).toEqual({
      dateTime: "2031-03-03T00:00:00.0000000",
      timeZone: "Pacific Standard Time",
    });
    expect((await zone("Mars")).body.error.code).toBe("TimeZoneNotSupportedException");
  });

  test("reading events selects known properties only; onlineMeeting stays empty unless isOnlineMeeting is selected too", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent());
    const select = async (names: string) => graph("GET", `/me/events/${body.id}?$select=${names}`);
    expect((await select("onlineMeeting")).body.onlineMeeting).toBeNull();
    expect((await select("isOnlineMeeting,onlineMeeting")).body.onlineMeeting.joinUrl).toBeTruthy();
    expect(Object.keys((await select("subject")).body).sort()).toEqual([
      "@odata.context",
      "@odata.etag",
      "id",
      "subject",
    ]);
    expect((await select("uid")).status).toBe(400);
    expect((await graph("GET", `/me/events/${body.id}?$search=x`)).status).toBe(400);
    expect((await graph("GET", `/me/events/${body.id}?verbose=1`)).status).toBe(400);
  });

  test("reading events refuses options it does not have", async () => {
    expect((await graph("GET", "/me/mailFolders")).status).toBe(400);
    expect((await graph("DELETE", "/me/calendar")).status).toBe(405);
    expect((await graph("GET", "/me/events?$filter=subject eq 'x'")).status).toBe(400);
    expect((await graph("GET", "/me/events?$orderby=subject")).status).toBe(400);
  });
});

describe("changing", () => {
  test("changing an event changes only what is sent, and every write gives a new etag", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent());
    const moved = await graph("PATCH", `/me/events/${body.id}`, {
      start: { dateTime: "2031-03-04T09:00:00", timeZone: "UTC" },
      end: { dateTime: "2031-03-04T09:30:00", timeZone: "UTC" },
    });
    expect(moved.body["@odata.etag"]).not.toBe(body["@odata.etag"]);
    expect(moved.body.onlineMeeting.joinUrl).toBe(body.onlineMeeting.joinUrl);
    expect(moved.body).toMatchObject({ subject: "Intro call", id: body.id, iCalUId: body.iCalUId });
    expect(await sent()).toEqual([
      ["invitation", "ann@example.org", null],
      ["update", "ann@example.org", null],
    ]);
  });

  test("changing the attendees of an event is a full replacement, sent only to those it concerns", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent());
    const people = (...addresses: string[]) => ({
      attendees: addresses.map((address) => ({ emailAddress: { address } })),
    });
    await graph("PATCH", `/me/events/${body.id}`, people("ann@example.org", "bob@example.org"));
    await graph("PATCH", `/me/events/${body.id}`, people("bob@example.org"));
    expect((await sent()).slice(1)).toEqual([
      ["invitation", "bob@example.org", null],
      ["cancellation", "ann@example.org", null],
    ]);
    await graph("PATCH", `/me/events/${body.id}`, { showAs: "free" });
    expect(await sent()).toHaveLength(3);
  });

  test("changing the body of an event without the Teams block ends the online meeting", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent());
    const kept = { contentType: "html", content: body.body.content.replace("Booked online", "Booked again") };
    expect((await graph("PATCH", `/me/events/${body.id}`, { body: kept })).body.isOnlineMeeting).toBe(true);
    const lost = await graph("PATCH", `/me/events/${body.id}`, {
      body: { contentType: "html", content: "<p>New</p>" },
    });
    expect(lost.body).toMatchObject({ isOnlineMeeting: false, onlineMeeting: null });
  });

  test("changing an event cannot make an online meeting offline, nor change its provider", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent());
    const { status, body: after } = await graph("PATCH", `/me/events/${body.id}`, {
      isOnlineMeeting: false,
      onlineMeetingProvider: "skypeForBusiness",
    });
    expect([status, after.isOnlineMeeting, after.onlineMeetingProvider]).toEqual([
      200,
      true,
      "teamsForBusiness",
    ]);
  });

  test("changing an event with a stale If-Match fails", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent());
    const stale = { "if-match": 'W/"old"' };
    expect((await graph("PATCH", `/me/events/${body.id}`, { subject: "x" }, stale)).status).toBe(412);
    expect(
      (await graph("PATCH", `/me/events/${body.id}`, { subject: "x" }, { "if-match": body["@odata.etag"] }))
        .status,
    ).toBe(200);
  });

  test("changing an event to new times asks the attendees again", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent(), IMMUTABLE);
    await stage.control.respond(account.email, body.id, {
      attendee: "ann@example.org",
      response: "accepted",
    });
    const read = async () => (await graph("GET", `/me/events/${body.id}`)).body.attendees[0].status.response;
    expect(await read()).toBe("accepted");
    await stage.control.changeEvent(account.email, body.id, {
      end: { dateTime: "2031-03-03T10:30:00", timeZone: "UTC" },
    });
    expect(await read()).toBe("none");
  });
});

describe("someone invited whose mailbox is here too", () => {
  const view = "/me/calendarView?startDateTime=2031-03-01T00:00:00Z&endDateTime=2031-03-31T00:00:00Z&$top=50";
  const expanded = `${view}&$expand=singleValueExtendedProperties($filter=id eq '${MARK}')`;

  async function invited() {
    const guest = await newAccount(stage, { name: "Gus" });
    const { body } = await graph("POST", "/me/events", {
      ...teamsEvent(),
      attendees: [{ emailAddress: { address: guest.email, name: "Gus" }, type: "required" }],
      singleValueExtendedProperties: [{ id: MARK, value: "booking-1" }],
    });
    const asGuest = await graphAs(stage, guest);
    const copies = async () => (await asGuest("GET", expanded)).body.value;
    return { body, asGuest, copies };
  }

  test("someone invited whose mailbox is here too gets a copy with another id, the same iCalUId, and none of the organizer's properties", async () => {
    const { body, copies } = await invited();
    const [copy, ...others] = await copies();
    expect(others).toEqual([]);
    expect(copy).toMatchObject({ iCalUId: body.iCalUId, isOrganizer: false, showAs: "tentative" });
    expect(copy.organizer.emailAddress.address).toBe(account.email);
    expect(copy.id).not.toBe(body.id);
    expect(copy).not.toHaveProperty("singleValueExtendedProperties");
    expect((await graph("GET", expanded)).body.value[0].singleValueExtendedProperties).toHaveLength(1);
  });

  test("someone invited whose mailbox is here too sees it moved and cancelled, and shown by delta under the same iCalUId", async () => {
    const { body, asGuest, copies } = await invited();
    const start = { dateTime: "2031-03-04T09:00:00", timeZone: "UTC" };
    const end = { dateTime: "2031-03-04T09:30:00", timeZone: "UTC" };
    await graph("PATCH", `/me/events/${body.id}`, { start, end });
    expect((await copies())[0].start.dateTime).toBe("2031-03-04T09:00:00.0000000");
    await graph("POST", `/me/events/${body.id}/cancel`, { comment: "no" });
    const delta = view.replace("calendarView?", "calendarView/delta?").replace("&$top=50", "");
    expect((await asGuest("GET", delta)).body.value).toMatchObject([
      { iCalUId: body.iCalUId, isCancelled: true, showAs: "free" },
    ]);
  });
});

describe("cancelling and deleting", () => {
  test("cancel mails the comment once, and the event is gone", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent(), IMMUTABLE);
    const cancelled = await graph("POST", `/me/events/${body.id}/cancel`, { comment: "Sorry" });
    expect([cancelled.status, cancelled.body]).toEqual([202, null]);
    expect((await sent()).at(-1)).toEqual(["cancellation", "ann@example.org", "Sorry"]);
    expect((await graph("GET", `/me/events/${body.id}`)).body.error.code).toBe("ErrorItemNotFound");
    expect((await graph("POST", `/me/events/${body.id}/cancel`, {})).status).toBe(404);
  });

  test("a cancelled event may still answer to its immutable id, when that switch is on", async () => {
    await stage.control.changeSettings({ deletedItemsReadable: true });
    const { body } = await graph("POST", "/me/events", teamsEvent(), IMMUTABLE);
    await graph("POST", `/me/events/${body.id}/cancel`, {});
    expect((await graph("GET", `/me/events/${body.id}`)).body.isCancelled).toBe(true);
    await stage.control.changeSettings({ deletedItemsReadable: false });
  });

  test("cancel needs attendees and the organizer", async () => {
    const lone = await graph("POST", "/me/events", teamsEvent({ attendees: [] }));
    expect((await graph("POST", `/me/events/${lone.body.id}/cancel`, {})).body.error.code).toBe(
      "ErrorInvalidRequest",
    );
    const foreign = await stage.control.createEvent(account.email, {
      ...teamsEvent({ isOnlineMeeting: false }),
      organizer: { address: freshEmail("example.org"), name: "Boss" },
    });
    expect(foreign.isOrganizer).toBe(false);
    const { body } = await graph("POST", `/me/events/${foreign.id}/cancel`, {});
    expect(body.error.message).toContain("You need to be an organizer to cancel a meeting.");
  });

  test("delete answers 204, mails cancellations without a word, and 404 the second time", async () => {
    const { body } = await graph("POST", "/me/events", teamsEvent());
    expect((await graph("DELETE", `/me/events/${body.id}`)).status).toBe(204);
    expect((await sent()).at(-1)).toEqual(["cancellation", "ann@example.org", null]);
    const second = await graph("DELETE", `/me/events/${body.id}`);
    expect([second.status, second.body.error.code]).toEqual([404, "ErrorItemNotFound"]);
  });
});
