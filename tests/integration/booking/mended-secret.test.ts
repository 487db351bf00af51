import { afterAll, beforeAll, it } from "vitest";
import { book } from "@/lib/booking/book";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { SEEDED_APP } from "@/tests/emulator/seed";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;
beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

const secrets = (value: string) =>
  stage.microsoft.control.changeApp(SEEDED_APP.clientId, { secrets: [{ value, expiresAt: null }] });

it("gives bookings their links within a minute of the secret being in order again, without anyone's doing", async () => {
  const organizers = [];
  for (let i = 0; i < 3; i += 1) organizers.push(await stage.connect(await makeOrganizer()));
  await secrets("quite-another~9");
  await db().meetingProviderConnection.updateMany({ data: { expiresAt: new Date() } });
  const tokens: string[] = [];
  for (const organizer of organizers) {
    const booked = await book(requestFor(organizer, hourAhead(2)));
    if (!booked.ok) throw new Error(booked.error.code);
    tokens.push(booked.value.token);
  }
  const meetings = async () =>
    Promise.all(tokens.map(async (token) => (await getBookingByToken(token))?.meeting));
  await eventually(meetings, (all) => all.every((meeting) => meeting?.problem === "misconfigured"));
  await secrets(SEEDED_APP.clientSecret);
  await eventually(meetings, (all) => all.every((meeting) => meeting?.status === "ready"), 55);
}, 120_000);
