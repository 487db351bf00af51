import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account } from "@/tests/emulator/state";
import {
  freshEmail,
  graphAs,
  newAccount,
  type Stage,
  startStage,
  teamsEvent,
} from "@/tests/unit/emulator/support";

let stage: Stage;
let account: Account;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.emulator.close());
beforeEach(async () => {
  account = await newAccount(stage);
});

const url = (path = "") => `${stage.emulator.url}/outlook/${account.email}${path}`;
const read = async (path = "") => (await fetch(url(path))).text();
const post = (path: string, fields: Record<string, string> = {}) =>
  fetch(url(path), { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });

test("lists the mailboxes", async () => {
  const page = await (await fetch(`${stage.emulator.url}/outlook`)).text();
  expect(page).toContain(account.email);
});

test("shows a week with times, attendees and the Teams link, and an event's details", async () => {
  const graph = await graphAs(stage, account);
  const { body } = await graph("POST", "/me/events", teamsEvent({ subject: "<Intro>" }));
  const week = await read("?week=2031-03-05");
  expect(week).toContain("08:00–08:30");
  expect(week).toContain("&lt;Intro&gt;");
  expect(week).toContain("Join Teams meeting");
  expect(week).toContain("invitation");
  const [event] = (await stage.control.mailbox(account.email)).events;
  const details = await read(`/${event?.id}`);
  expect(details).toContain(body.onlineMeeting.joinUrl.split("?")[0]);
  expect(details).toContain("Decline as ann@example.org");
});

test("lets the owner add, move, rename, strip and delete, and an attendee decline", async () => {
  await post("/new", { subject: "Dentist", start: "2031-03-03T09:00", end: "2031-03-03T10:00" });
  const only = async () => (await stage.control.mailbox(account.email)).events[0];
  const id = (await only())?.id;
  await post(`/${id}/move`, { start: "2031-03-04T09:00", end: "2031-03-04T10:00" });
  await post(`/${id}/subject`, { subject: "Doctor" });
  expect(await only()).toMatchObject({
    subject: "Doctor",
    start: { dateTime: "2031-03-04T09:00:00.0000000" },
  });
  await post(`/${id}/delete`);
  const graph = await graphAs(stage, account);
  await graph("POST", "/me/events", teamsEvent());
  const meeting = (await only())?.id;
  await post(`/${meeting}/decline`, { attendee: "ann@example.org" });
  await post(`/${meeting}/strip-teams`);
  const after = await only();
  expect(after).toMatchObject({ isOnlineMeeting: false, onlineMeeting: null });
  expect(after?.attendees?.[0]?.status?.response).toBe("declined");
  expect(after?.body?.content).not.toContain("Join the meeting");
});

test("answers an invitation from someone else", async () => {
  const invited = await stage.control.createEvent(account.email, {
    ...teamsEvent({ isOnlineMeeting: false }),
    organizer: { address: freshEmail("example.org"), name: "Boss" },
  });
  expect(invited).toMatchObject({ showAs: "tentative", responseStatus: { response: "notResponded" } });
  await post(`/${invited.id}/decline`);
  const [event] = (await stage.control.mailbox(account.email)).events;
  expect(event?.responseStatus?.response).toBe("declined");
});

test("says what is wrong", async () => {
  expect((await fetch(url("/nothing"))).status).toBe(404);
  expect((await fetch(`${stage.emulator.url}/outlook/nobody@example.org`)).status).toBe(404);
});
