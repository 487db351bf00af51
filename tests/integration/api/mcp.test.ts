import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as mcp from "@/app/api/mcp/route";
import { createApiKey } from "@/lib/auth/api-keys";
import type { KeyScope } from "@/lib/auth/key-scopes";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

/* Assistants, as the protocol's own client speaks for them. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const open = () => makeOrganizer({ location: { kind: "none" }, questions: [] });

async function keyOf(organizer: TestOrganizer, scope: KeyScope = "all"): Promise<string> {
  const made = await db().$transaction((tx) =>
    createApiKey(organizer.scope, "assistant", tx, { scope, expiresAt: null }),
  );
  return made.apiKey;
}

async function assistant(key: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StreamableHTTPClientTransport(new URL("http://localhost:3000/api/mcp"), {
      requestInit: { headers: { Authorization: `Bearer ${key}` } },
      fetch: (url, init) => {
        const request = new Request(url, init);
        const handler = request.method === "GET" ? mcp.GET : mcp.POST;
        return handler(request, { params: Promise.resolve({}) });
      },
    }),
  );
  return client;
}

async function use(client: Client, name: string, given: Record<string, unknown> = {}) {
  const { content, isError = false } = await client.callTool({ name, arguments: given });
  const [first] = content;
  if (first?.type !== "text") throw new Error("no text");
  return { isError, said: JSON.parse(first.text) };
}

/** Asks for a change, and makes it with the confirmation that the answer holds. */
async function useConfirmed(client: Client, name: string, given: Record<string, unknown>) {
  const { said } = await use(client, name, given);
  return use(client, name, { ...given, confirmation: said.confirmation });
}

describe("an assistant with an organizer's key", () => {
  it("finds a slot, books it, moves the booking, and cancels it", async () => {
    const organizer = await open();
    const client = await assistant(await keyOf(organizer));
    expect((await use(client, "get_organizer")).said.handle).toBe(organizer.handle);
    const [eventType] = (await use(client, "list_event_types")).said.items;
    const day = hourAhead(2).slice(0, 10);
    const place = { handle: organizer.handle, slug: eventType.slug };
    const found = await use(client, "find_slots", { ...place, from: day, to: day, timeZone: "UTC" });
    const [first, second] = found.said.slots;

    const request = requestFor(organizer, first.start);
    const booked = await useConfirmed(client, "book", request);
    expect(booked).toMatchObject({ isError: false, said: { status: "confirmed", start: first.start } });
    const { id } = booked.said;
    const moved = await useConfirmed(client, "move_booking", { id, start: second.start });
    expect(moved.said.start).toBe(second.start);
    const { said } = await use(client, "explain_time", { id: eventType.id, at: second.start });
    expect(said.offered).toBe(false);
    expect((await useConfirmed(client, "cancel_booking", { id })).said.status).toBe("cancelled");
    expect((await use(client, "get_booking", { id })).said).toMatchObject({ id, status: "cancelled" });
    const listed = await use(client, "list_bookings", { status: "cancelled" });
    expect(listed.said.items.map((booking: { id: string }) => booking.id)).toEqual([id]);
    const [{ updatedAt }] = listed.said.items;
    expect((await use(client, "list_bookings", { updatedAfter: updatedAt })).said.items).toEqual([]);
  });

  it("changes nothing before it is confirmed, and nothing but what was described", async () => {
    const organizer = await open();
    const client = await assistant(await keyOf(organizer));
    const request = requestFor(organizer, hourAhead(3));
    const described = await use(client, "book", request);
    expect(described.said).toMatchObject({
      needsConfirmation: true,
      change: { tool: "book", given: request },
    });
    expect(await db().booking.count({ where: { ownerId: organizer.id } })).toBe(0);

    const { confirmation } = described.said;
    const other = { ...request, start: hourAhead(4) };
    for (const [name, given] of [
      ["book", { ...other, confirmation }],
      ["book", { ...request, confirmation: `${confirmation.slice(0, -2)}xx` }],
      ["book", { ...request, confirmation: "yes" }],
    ] as const) {
      const refused = await use(client, name, given);
      expect(refused).toMatchObject({ isError: true, said: { code: "confirmation_invalid" } });
    }
    const stranger = await assistant(await keyOf(await open()));
    expect((await use(stranger, "book", { ...request, confirmation })).said.code).toBe(
      "confirmation_invalid",
    );
    expect(await db().booking.count({ where: { ownerId: organizer.id } })).toBe(0);
  });

  it("makes a change once, however often it is confirmed", async () => {
    const organizer = await open();
    const client = await assistant(await keyOf(organizer));
    const request = requestFor(organizer, hourAhead(5));
    const { confirmation } = (await use(client, "book", request)).said;
    const [one, other] = await Promise.all([
      use(client, "book", { ...request, confirmation }),
      use(client, "book", { ...request, confirmation }),
    ]);
    expect(one.said.id).toBe(other.said.id);
    expect(await db().booking.count({ where: { ownerId: organizer.id } })).toBe(1);
  });

  it("reads in a problem document what was wrong", async () => {
    const organizer = await open();
    const client = await assistant(await keyOf(organizer));
    const unknown = await useConfirmed(client, "cancel_booking", { id: crypto.randomUUID() });
    expect(unknown).toMatchObject({ isError: true, said: { code: "not_found" } });
    const request = requestFor(organizer, hourAhead(6), { durationMinutes: 7 });
    const refused = await useConfirmed(client, "book", request);
    expect(refused.said.errors).toMatchObject([{ path: "durationMinutes" }]);
  });
});

it("a key that may only read sees no tool that changes anything", async () => {
  const client = await assistant(await keyOf(await open(), "read"));
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).not.toContain("book");
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
  await expect(use(client, "cancel_booking", { id: crypto.randomUUID() })).rejects.toThrow();
});

it("an assistant never sees what belongs to another organizer", async () => {
  const owner = await open();
  const mine = await assistant(await keyOf(owner));
  const { id } = (await useConfirmed(mine, "book", requestFor(owner, hourAhead(7)))).said;
  const stranger = await assistant(await keyOf(await open()));
  expect((await use(stranger, "get_booking", { id })).said.code).toBe("not_found");
  expect((await useConfirmed(stranger, "cancel_booking", { id })).said.code).toBe("not_found");
  expect((await use(mine, "get_booking", { id })).said.status).toBe("confirmed");
});

it("without a key, or with one that is unknown, there is a challenge and nothing else", async () => {
  for (const headers of [{}, { Authorization: "Bearer bh_nobody" }]) {
    const request = new Request("http://localhost:3000/api/mcp", { method: "POST", headers, body: "{}" });
    const answer = await mcp.POST(request, { params: Promise.resolve({}) });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
  }
});
