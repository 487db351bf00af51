import { afterAll, beforeAll, expect, it } from "vitest";
import { GET, PATCH } from "@/app/api/v1/me/connections/teams/calendars/route";
import { createApiKey } from "@/lib/auth/api-keys";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { call } from "@/tests/integration/api/call";
import {
  dateAhead,
  openSyncStage,
  type SyncStage,
  startsOn,
} from "@/tests/integration/calendar-sync/sync-stage";
import { makeOrganizer } from "@/tests/support/organizer";

let stage: SyncStage;
beforeAll(async () => {
  stage = await openSyncStage();
});
afterAll(() => stage.close());

const keyOf = async (userId: string) =>
  (await db().$transaction((tx) => createApiKey(scopeWithoutRequest(userId), "test", tx))).apiKey;

it("lists the calendars with what is chosen, and changes what is given alone", async () => {
  const person = await stage.connected();
  await stage.control.addCalendar(person.email, { name: "Birthdays", canEdit: false });
  await startsOn(person, dateAhead(3));
  const key = await keyOf(person.id);
  const listed = await call(GET, { key });
  expect(listed).toMatchObject({
    status: 200,
    body: {
      closed: false,
      calendars: [
        { name: "Calendar", isDefault: true, blocks: true, teamsAvailable: true, asOf: expect.any(String) },
        { name: "Birthdays", blocks: false, asOf: null },
      ],
      automaticReplies: null,
      staleAfterMinutes: 15,
      whenUnreachable: "refuse",
      blockingStatuses: ["busy", "tentative", "oof", "unknown"],
    },
  });
  const [own, birthdays] = listed.body.calendars;
  const changed = await call(PATCH, { key, body: { blockingIds: [own.id, birthdays.id] } }, "PATCH");
  expect(changed.body).toMatchObject({
    blockingIds: [own.id, birthdays.id],
    targetId: own.id,
    staleAfterMinutes: 15,
  });
  const refusals = [
    [{ targetId: birthdays.id }, "calendar_read_only"],
    [{ blockingIds: ["00000000-0000-4000-8000-000000000000"] }, "unknown_calendar"],
    [{ staleAfterMinutes: 1 }, "invalid_request"],
    [{ unknown: true }, "invalid_request"],
  ] as const;
  for (const [body, code] of refusals) {
    expect(await call(PATCH, { key, body }, "PATCH")).toMatchObject({ status: 422, body: { code } });
  }
});

it("knows no calendars without a connection", async () => {
  const { id } = await makeOrganizer();
  expect(await call(GET, { key: await keyOf(id) })).toMatchObject({ status: 404 });
});
