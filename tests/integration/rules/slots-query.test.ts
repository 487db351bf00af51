import { afterAll, beforeAll, expect, it } from "vitest";
import * as slotsRoute from "@/app/api/v1/organizers/[handle]/event-types/[slug]/slots/route";
import { call } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeOrganizer, type TestOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;
let organizer: TestOrganizer;

beforeAll(async () => {
  database = await createTestDatabase();
  organizer = await makeOrganizer();
});
afterAll(() => database.cleanup());

async function complaints(query: string) {
  const { handle, slug } = organizer;
  const { status, headers, body } = await call(slotsRoute.GET, { params: { handle, slug }, query });
  expect(headers.get("cache-control")).toBe(
    status === 200 ? "public, max-age=0, must-revalidate" : "no-store",
  );
  const errors: { path: string; message: string }[] = body.errors ?? [];
  return [status, ...errors.map(({ path, message }) => `${path}: ${message}`)];
}

it.each([
  ["?from=2030-01-01&to=2030-03-03&timeZone=UTC", [200]],
  ["?from=2030-01-01&to=2030-03-04&timeZone=UTC", [422, "to: Use a range of 62 days or fewer."]],
  ["?from=2030-01-02&to=2030-01-01&timeZone=UTC", [422, "to: The last day can't be before the first day."]],
  ["?from=2030-02-30&to=2030-03-01&timeZone=UTC", [422, "from: Use a valid date in the form YYYY-MM-DD."]],
  [
    "?from=2030-01-01&to=2030-01-01&timeZone=%2B02:00",
    [422, "timeZone: Use an IANA time zone, such as Europe/Paris."],
  ],
  ["?from=2030-01-01&to=2030-01-01", [422, "timeZone: This field is required."]],
  ["?from=2030-01-01&to=2030-01-01&timeZone=UTC&durationMinutes=0", [422, "durationMinutes: Use 1 or more."]],
  ["?from=2030-01-01&to=2030-01-01&timeZone=UTC&zone=UTC", [422, "zone: This field doesn't exist."]],
  ["?from=2030-01-01&from=2030-01-02&to=2030-01-03&timeZone=UTC", [422, "from: Use this only once."]],
])("slots asked for by %s", async (query, expected) => {
  expect(await complaints(query)).toEqual(expected);
});
