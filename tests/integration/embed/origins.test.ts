import { afterAll, beforeAll, expect, it } from "vitest";
import { PATCH as changeOne } from "@/app/api/v1/me/event-types/[id]/route";
import { GET as listOwn, POST as makeOwn } from "@/app/api/v1/me/event-types/route";
import { POST as makeOfTeam } from "@/app/api/v1/teams/[id]/event-types/route";
import { db } from "@/lib/database/client";
import { listEmbedOrigins } from "@/lib/offers/embed-origins";
import { call, organizerWithKey } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeTeam } from "@/tests/support/team";

let database: TestDatabase;
let organizer: Awaited<ReturnType<typeof organizerWithKey>>;

beforeAll(async () => {
  database = await createTestDatabase();
  organizer = await organizerWithKey();
});
afterAll(() => database.cleanup());

const eventType = { slug: "framed", title: "Framed", durationsMinutes: [30], location: { kind: "none" } };

it("an event type can be shown nowhere, until it names the websites that may", async () => {
  const { key, handle } = organizer;
  const made = await call(makeOwn, { key, body: eventType });
  expect(made.body.embedOrigins).toEqual([]);
  expect(await listEmbedOrigins(handle, "framed")).toEqual([]);
  const embedOrigins = ["https://WWW.example.com/", "https://www.example.com", "http://localhost:8080"];
  const params = { id: made.body.id };
  const changed = await call(changeOne, { key, params, body: { embedOrigins } }, "PATCH");
  const kept = ["https://www.example.com", "http://localhost:8080"];
  expect(changed.body.embedOrigins).toEqual(kept);
  expect(await listEmbedOrigins(handle.toUpperCase(), "Framed")).toEqual(kept);
  const other = await call(changeOne, { key, params, body: { title: "Still framed" } }, "PATCH");
  expect(other.body.embedOrigins).toEqual(kept);
  const { body } = await call(listOwn, { key }, "GET");
  expect(body.items.map((one: { embedOrigins: string[] }) => one.embedOrigins)).toContainEqual(kept);
});

it("an event type names websites and nothing else", async () => {
  const body = { ...eventType, slug: "wrong", embedOrigins: ["https://a.example", "http://b.example"] };
  const refused = await call(makeOwn, { key: organizer.key, body });
  expect(refused).toMatchObject({ status: 422, body: { code: "invalid_request" } });
  expect(refused.body.errors).toEqual([
    { path: "embedOrigins.1", message: "Start with https://. Only localhost can have http://." },
  ]);
  const many = { ...body, embedOrigins: Array.from({ length: 51 }, (_, n) => `https://${n}.example`) };
  expect((await call(makeOwn, { key: organizer.key, body: many })).body.errors[0].path).toBe("embedOrigins");
});

it("a team's event types name theirs too", async () => {
  const { id, handle } = await makeTeam([organizer]);
  const hosts = [{ userId: organizer.id, kind: "fixed" }];
  const body = { ...eventType, hosts, embedOrigins: ["https://team.example.com"] };
  const made = await call(makeOfTeam, { key: organizer.key, params: { id }, body });
  expect(made.body.embedOrigins).toEqual(["https://team.example.com"]);
  expect(await listEmbedOrigins(handle, "framed")).toEqual(["https://team.example.com"]);
});

it("the database itself lets nothing into the header but origins", async () => {
  const write = (embedOrigins: string[]) =>
    db().eventType.update({ where: { id: organizer.eventTypeId }, data: { embedOrigins } });
  for (const wrong of ["*", "https://a.example; script-src *", "https://a.example/", "'self'", ""]) {
    await expect(write([wrong]), wrong).rejects.toThrow(/EventType_embed_origins/);
  }
  await write(["https://a.example", "https://xn--mnchen-3ya.example:8443"]);
  await write([]);
});
