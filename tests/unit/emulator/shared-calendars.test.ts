import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import {
  ALL_SCOPES,
  graphAs,
  IMMUTABLE,
  inDays,
  newAccount,
  type Stage,
  startStage,
  startWebhook,
  teamsEvent,
} from "@/tests/unit/emulator/support";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterEach(() =>
  stage.control.changeSettings({ unsharedAnswer: "403 ErrorAccessDenied", sharedListScope: "needed" }),
);
afterAll(() => stage.emulator.close());

const SHARED = `${ALL_SCOPES} Calendars.ReadWrite.Shared`;
const window = "startDateTime=2031-03-01T00:00:00Z&endDateTime=2031-03-09T00:00:00Z";

/** Someone, and a shared mailbox that they may open. */
async function sharing(role: "read" | "write" = "write", scope = SHARED, isListed = false) {
  const person = await newAccount(stage);
  const owner = await newAccount(stage, { name: "Support" });
  await stage.control.changeAccount(owner.email, { sharedWith: [{ with: person.email, role, isListed }] });
  return { person, owner, graph: await graphAs(stage, person, scope), at: `/users/${owner.email}` };
}

it("a shared mailbox's events are made, read, moved, and cancelled under its address, with its own Teams meeting", async () => {
  const { graph, at, owner } = await sharing();
  const { status, body: made } = await graph("POST", `${at}/events`, teamsEvent(), IMMUTABLE);
  expect(status).toBe(201);
  expect(made.organizer.emailAddress.address).toBe(owner.email);
  expect(made.onlineMeeting.joinUrl).toContain(owner.id);
  expect((await graph("GET", `${at}/events/${made.id}`, undefined, IMMUTABLE)).status).toBe(200);
  expect((await graph("GET", `${at}/calendar`)).body.owner.address).toBe(owner.email);
  const start = { dateTime: "2031-03-03T10:00:00", timeZone: "Europe/Paris" };
  const end = { dateTime: "2031-03-03T10:30:00", timeZone: "Europe/Paris" };
  expect((await graph("PATCH", `${at}/events/${made.id}`, { start, end }, IMMUTABLE)).status).toBe(200);
  const { body: round } = await graph("GET", `${at}/calendarView/delta?${window}`, undefined, IMMUTABLE);
  expect(round.value).toHaveLength(1);
  expect(round["@odata.deltaLink"]).toContain(`/v1.0${at}/calendarView/delta?`);
  expect((await graph("POST", `${at}/events/${made.id}/cancel`, { comment: "" }, IMMUTABLE)).status).toBe(
    202,
  );
  const later = await graph("GET", round["@odata.deltaLink"], undefined, IMMUTABLE);
  expect(later.body.value).toMatchObject([{ "@removed": { reason: "deleted" } }]);
});

it("an event of someone else answers under their address and not under one's own", async () => {
  const { graph, owner } = await sharing();
  const { id } = await stage.control.createEvent(owner.email, {
    start: { dateTime: "2031-03-03T09:00:00", timeZone: "UTC" },
    end: { dateTime: "2031-03-03T10:00:00", timeZone: "UTC" },
  });
  expect((await graph("GET", `/me/events/${id}`)).status).toBe(404);
});

it("needs the permission for shared calendars, and that the owner has shared it", async () => {
  const without = await sharing("write", ALL_SCOPES);
  expect((await without.graph("GET", `${without.at}/calendarView?${window}`)).status).toBe(403);
  const { graph, at, owner } = await sharing("read");
  expect((await graph("GET", `${at}/calendarView?${window}`)).status).toBe(200);
  expect((await graph("GET", `${at}/calendar`)).body.canEdit).toBe(false);
  expect((await graph("POST", `${at}/events`, teamsEvent())).body.error.code).toBe("ErrorAccessDenied");
  await stage.control.changeAccount(owner.email, { sharedWith: [] });
  expect((await graph("GET", `${at}/calendarView?${window}`)).body.error.code).toBe("ErrorAccessDenied");
  await stage.control.changeSettings({ unsharedAnswer: "404 ErrorItemNotFound" });
  expect((await graph("GET", `${at}/calendarView?${window}`)).body.error.code).toBe("ErrorItemNotFound");
  const nobody = await graph("GET", `/users/no.one@contoso.example/calendarView?${window}`);
  expect(nobody.body.error.code).toBe("ErrorInvalidUser");
});

it("a calendar that was accepted is in one's own list with its owner; opening it needs the permission or not, by switch", async () => {
  const { graph, owner } = await sharing("read", ALL_SCOPES, true);
  const { body: list } = await graph("GET", "/me/calendars");
  const listed = list.value.find((one: { name: string }) => one.name === "Support");
  expect(listed).toMatchObject({ canEdit: false, isDefaultCalendar: false, owner: { address: owner.email } });
  const view = `/me/calendars/${listed.id}/calendarView?${window}`;
  expect((await graph("GET", view)).status).toBe(403);
  await stage.control.changeSettings({ sharedListScope: "not_needed" });
  expect((await graph("GET", view)).status).toBe(200);
  expect((await graph("POST", `/me/calendars/${listed.id}/events`, teamsEvent())).status).toBe(403);
});

it("nobody subscribes to someone else's calendar with a person's token", async () => {
  const { graph, owner } = await sharing();
  const hook = await startWebhook();
  const { status } = await graph("POST", "/subscriptions", {
    changeType: "created,updated,deleted",
    resource: `users/${owner.email}/events`,
    notificationUrl: hook.url,
    expirationDateTime: inDays(1),
  });
  await hook.close();
  expect(status).toBe(400);
  expect(hook.received).toHaveLength(0);
});
