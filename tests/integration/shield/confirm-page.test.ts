import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { sendDueMails } from "@/lib/notifications/send-due";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readLinkToken } from "@/tests/support/mails";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { sendPlainForm, visit } from "@/tests/support/plain-form";
import { startServer, type TestServer } from "@/tests/support/server";

/* The pages around a confirmation, as a browser without scripts gets them. */

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "off" });
  await prepareJobs();
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await server.kill();
  await database.cleanup();
});

/** Books by the API and answers with the visitor's page and the mailed one. */
async function held(eventType: object = {}) {
  const organizer = await makeOrganizer({ emailCheck: "always", title: "First talk", ...eventType });
  const request = requestFor(organizer, hourAhead(3), { guests: ["grace@example.org"] });
  const answer = await fetch(`${server.url}/api/v1/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  const body = (await answer.json()) as { id: string; token: string; awaits: string };
  expect([answer.status, body.awaits]).toEqual([201, "visitor"]);
  await sendDueMails({ bookingId: body.id });
  const { email } = request.visitor;
  const link = await readLinkToken(email, "/confirm/");
  return {
    id: body.id,
    email,
    manage: `${server.url}/booking/${body.token}`,
    confirm: `${server.url}/confirm/${link}`,
  };
}

const statusOf = async (id: string) => (await db().booking.findUniqueOrThrow({ where: { id } })).status;

it("a link in the mail shows the booking, and its button confirms it once", async () => {
  const { id, email, manage, confirm } = await held();
  const waiting = await visit(manage);
  expect(waiting.html).toContain(email);
  expect(waiting.html).toContain("Confirm your email address");
  expect(waiting.html).not.toContain(">Reschedule<");
  for (let look = 0; look < 3; look += 1) {
    const shown = await visit(confirm);
    expect([shown.status, shown.html.includes("First talk")]).toEqual([200, true]);
    expect(shown.html).toContain("Your guest is invited then too.");
  }
  expect(await statusOf(id)).toBe("pending");
  const pressed = await sendPlainForm(confirm, "Confirm my booking");
  expect(pressed.status).toBe(303);
  expect(await statusOf(id)).toBe("confirmed");
  const after = await visit(confirm);
  expect(after.html).toContain("Your booking is confirmed");
  expect(after.html).not.toContain("Confirm my booking");
  expect((await visit(manage)).html).toContain("Received your confirmation");
});

it("says that its organizer decides next, where they do", async () => {
  const { id, confirm } = await held({ requiresApproval: true });
  expect((await visit(confirm)).html).toContain("reviews your request");
  await sendPlainForm(confirm, "Confirm my booking");
  expect(await statusOf(id)).toBe("pending");
  expect((await visit(confirm)).html).toContain("Your email address is confirmed");
});

it("says on both pages that it came too late", async () => {
  const { id, manage, confirm } = await held();
  const past = new Date(Date.now() - 1000);
  await db().booking.update({ where: { id }, data: { confirmBy: past } });
  expect((await visit(confirm)).html).toContain("This booking has expired");
  await db().booking.update({
    where: { id },
    data: { status: "cancelled", cancelledBy: "clock", cancelledAt: past },
  });
  expect((await visit(confirm)).html).toContain("This booking has expired");
  expect((await visit(manage)).html).toContain("Not confirmed in time");
});

it("of a link that never was tells nothing", async () => {
  const { status, html } = await visit(`${server.url}/confirm/unknown`);
  expect([
    status,
    html.includes("We can't find this booking") || html.includes("We can&#x27;t find this booking"),
  ]).toEqual([200, true]);
});

it("a body that never comes is given up", async () => {
  const { port } = new URL(server.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(
    "POST /api/v1/bookings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
  );
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
}, 60_000);
