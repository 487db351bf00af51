import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { runTestBooking } from "@/lib/connections/test-booking";
import { defaultLocale } from "@/lib/i18n/languages";
import { addOrganizer, openStage, type Stage } from "@/tests/integration/teams/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.control.clearFaults());

const created = async (email: string) =>
  (await stage.control.requests({ account: email, method: "POST", path: "/me/events" })).map(
    ({ body }) => body,
  );

it("writes a private event for no one else, reads its link back and takes it out again", async () => {
  const { userId, email } = await stage.addConnected();
  expect(await runTestBooking(scopeWithoutRequest(userId), defaultLocale)).toMatchObject({
    ok: true,
    value: { hasLink: true },
  });
  expect(await created(email)).toEqual([
    expect.objectContaining({ subject: "Bellhop test", sensitivity: "private", attendees: [] }),
  ]);
  const mailbox = await stage.control.mailbox(email);
  expect(mailbox.events).toEqual([]);
  expect(mailbox.sentInvitations).toEqual([]);
});

it.each(["personal", "withoutTeams"] as const)(
  "tries the calendar alone for an account: %s",
  async (kind) => {
    const { userId, email } = await stage.addConnected(kind);
    expect(await runTestBooking(scopeWithoutRequest(userId), defaultLocale)).toMatchObject({
      ok: true,
      value: { hasLink: false },
    });
    expect((await stage.control.mailbox(email)).events).toEqual([]);
  },
);

it("takes the event out again when reading it back fails", async () => {
  const { userId, email } = await stage.addConnected();
  await stage.control.graphFault({ account: email, method: "GET", path: "/me/events/*", status: 503 });
  expect(await runTestBooking(scopeWithoutRequest(userId), defaultLocale)).toMatchObject({
    ok: false,
    error: { code: "unavailable", leftAt: null },
  });
  expect((await stage.control.mailbox(email)).events).toEqual([]);
});

it("says when the event could not be taken out again", async () => {
  const { userId, email } = await stage.addConnected();
  await stage.control.graphFault({
    account: email,
    method: "DELETE",
    path: "/me/events/*",
    status: 503,
    times: null,
  });
  expect(await runTestBooking(scopeWithoutRequest(userId), defaultLocale)).toMatchObject({
    ok: false,
    error: { code: "unavailable", leftAt: expect.any(Date) },
  });
});

it("says why nothing could be written", async () => {
  expect(await runTestBooking(scopeWithoutRequest(await addOrganizer()), defaultLocale)).toMatchObject({
    ok: false,
    error: { code: "not_connected", leftAt: null },
  });
  const { userId } = await stage.addConnected("withoutMailbox");
  expect(await runTestBooking(scopeWithoutRequest(userId), defaultLocale)).toMatchObject({
    ok: false,
    error: { code: "no_mailbox" },
  });
});
