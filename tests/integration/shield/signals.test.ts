import { type Challenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as oneBooking from "@/app/api/v1/bookings/[token]/route";
import * as bookings from "@/app/api/v1/bookings/route";
import { askForProof } from "@/lib/booking/ask-for-proof";
import { book } from "@/lib/booking/book";
import { listHeldBack } from "@/lib/booking/suspicion";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { sweepFailedLookups } from "@/lib/shield/failed-lookups";
import { askMailDomain } from "@/lib/shield/mail-domain";
import { sweepProofs } from "@/lib/shield/proof";
import { prepareJobs } from "@/lib/worker";
import { call } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type NameServer, startNameServer } from "@/tests/support/name-server";
import { makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

/* What makes a booking suspicious besides what is in it. */

let database: TestDatabase;
let names: NameServer;

beforeAll(async () => {
  names = await startNameServer({
    "mail.site": { mail: ["mx.mail.site"] },
    "host.site": "host",
    "null.site": { mail: [""] },
    "slow.site": "silent",
    "half.site": "silent_host",
  });
  database = await createTestDatabase({ TRUST_PROXY: "1", DNS_SERVERS: names.address });
  await prepareJobs();
});
afterAll(async () => {
  await database.cleanup();
  await names.close();
});

const open = () => makeOrganizer({ location: { kind: "none" }, invitations: "bellhop" });

const firstSlot = Math.ceil(Date.now() / 3600_000 + 24) * 3600_000;
const slot = (nth: number) => new Date(firstSlot + nth * 1800_000).toISOString();

/** Books as the page's form does. */
async function byForm(
  organizer: TestOrganizer,
  nth: number,
  address: string,
  sender: object = {},
  more = {},
) {
  const booked = await book(requestFor(organizer, slot(nth), more), { sender: { address, ...sender } });
  if (!booked.ok) throw new Error(booked.error.code);
  const { id } = booked.value;
  const { status } = await db().booking.findUniqueOrThrow({ where: { id } });
  return { id, status, reasons: (await listHeldBack(organizer.scope, [id])).get(id)?.suspicions ?? [] };
}

let lastNetwork = 0;
/** Somewhere no one has called from. */
function elsewhere(): string {
  lastNetwork += 1;
  return `10.77.${lastNetwork}.9`;
}

/** So many bookings of other people that puzzles are asked for. */
async function rush(organizer: TestOrganizer): Promise<void> {
  for (let nth = 0; nth < 30; nth += 1) await byForm(organizer, nth, elsewhere());
}

async function solve(challenge: Challenge | null): Promise<string> {
  if (!challenge) throw new Error("no puzzle was given");
  const solution = await solveChallenge({ challenge, deriveKey });
  return JSON.stringify({ challenge, solution });
}

describe("a proof of work", () => {
  it("a proof of work isn't asked for while little is going on", async () => {
    const organizer = await open();
    expect(await askForProof(organizer, elsewhere())).toBeNull();
    expect((await byForm(organizer, 0, elsewhere())).status).toBe("confirmed");
  });

  it("a proof of work spares visitors of a busy organizer the confirmation, once each", async () => {
    const organizer = await open();
    await rush(organizer);
    const without = await byForm(organizer, 40, elsewhere());
    expect(without).toMatchObject({ status: "pending", reasons: ["no_proof", "busy_organizer"] });
    expect(await askForProof(organizer, "127.0.0.1")).toBeNull();
    const proof = await solve(await askForProof(organizer, elsewhere()));
    const taken = await book(requestFor(organizer, slot(0)), { sender: { address: elsewhere(), proof } });
    expect(taken).toMatchObject({ ok: false, error: { code: "slot_taken" } });
    expect((await byForm(organizer, 41, elsewhere(), { proof })).status).toBe("confirmed");
    const again = await byForm(organizer, 42, elsewhere(), { proof });
    expect(again).toMatchObject({ status: "pending", reasons: ["no_proof", "busy_organizer"] });
  });

  it("a proof of work counts for no other organizer, nor when it has run out, nor when it is made up", async () => {
    const organizer = await open();
    await rush(organizer);
    const challenge = await askForProof(organizer, elsewhere());
    const proof = await solve(challenge);
    const other = await open();
    await rush(other);
    const foreign = await solve(await askForProof(other, elsewhere()));
    const old = await solve(await askForProof(organizer, elsewhere(), Date.now() - 2 * 3600_000 - 1_000));
    const { solution } = JSON.parse(proof);
    const easier = { ...challenge, parameters: { ...challenge?.parameters, keyPrefix: "00" } };
    const guess = { ...solution, derivedKey: "00".repeat(32) };
    const bad = [
      foreign,
      old,
      JSON.stringify({ challenge: easier, solution }),
      JSON.stringify({ challenge, solution: guess }),
      "{",
      "null",
      proof.padEnd(5_000),
    ];
    for (const [nth, text] of bad.entries()) {
      const { status } = await byForm(organizer, 40 + nth, elsewhere(), { proof: text });
      expect(status, text.slice(0, 80)).toBe("pending");
    }
    expect((await byForm(organizer, 60, elsewhere(), { proof })).status).toBe("confirmed");
  });

  it("a proof of work that two forms bring at the same moment counts for one of them", async () => {
    const organizer = await open();
    await rush(organizer);
    const proof = await solve(await askForProof(organizer, elsewhere()));
    const both = await Promise.all([40, 41].map((nth) => byForm(organizer, nth, elsewhere(), { proof })));
    expect(both.map(({ status }) => status).sort()).toEqual(["confirmed", "pending"]);
  });

  it("a proof of work outlives a change of the secret", async () => {
    const organizer = await open();
    await rush(organizer);
    const proof = await solve(await askForProof(organizer, elsewhere()));
    const { SESSION_SECRET } = env();
    SESSION_SECRET.unshift("a-newer-secret-of-the-tests-0123456789abcdef");
    try {
      expect((await byForm(organizer, 60, elsewhere(), { proof })).status).toBe("confirmed");
    } finally {
      SESSION_SECRET.shift();
    }
  });

  it("a proof of work is forgotten once it would have run out", async () => {
    await sweepProofs();
    expect(await db().spentProof.count()).toBeGreaterThan(0);
    await sweepProofs(new Date(Date.now() + 3 * 3600_000));
    expect(await db().spentProof.count()).toBe(0);
  });
});

describe("a network that guesses links", () => {
  const ask = (address: string) =>
    call(oneBooking.GET, {
      params: { token: `guess-${Math.random()}` },
      headers: { "X-Forwarded-For": address },
    });

  it("a network that guesses links has its bookings confirmed by mail, and others don't", async () => {
    const organizer = await open();
    const address = elsewhere();
    for (let nth = 0; nth < 59; nth += 1) expect((await ask(address)).status).toBe(404);
    expect((await byForm(organizer, 0, address)).status).toBe("confirmed");
    await ask(address);
    expect(await byForm(organizer, 1, address)).toMatchObject({ status: "pending", reasons: ["guessing"] });
    expect((await byForm(organizer, 2, elsewhere())).status).toBe("confirmed");
    expect((await byForm(organizer, 3, "127.0.0.1")).status).toBe("confirmed");
  });

  it("a network that guesses times is one too", async () => {
    const organizer = await open();
    const address = elsewhere();
    for (let nth = 0; nth < 60; nth += 1) {
      const start = new Date(firstSlot + nth * 60_000 + 7_000).toISOString();
      const body = requestFor(organizer, start);
      const { status } = await call(bookings.POST, { body, headers: { "X-Forwarded-For": address } });
      expect(status).toBe(422);
    }
    expect((await byForm(organizer, 1, address)).reasons).toEqual(["guessing"]);
  });

  it("a network that guesses links is counted up to a hundred an hour, and forgotten after some", async () => {
    const address = elsewhere();
    for (let nth = 0; nth < 110; nth += 1) await ask(address);
    const counts = await db().failedLookup.findMany();
    expect(Math.max(...counts.map(({ count }) => count))).toBe(100);
    await sweepFailedLookups();
    expect(await db().failedLookup.count()).toBe(counts.length);
    await sweepFailedLookups(Date.now() + 5 * 3600_000);
    expect(await db().failedLookup.count()).toBe(0);
  });
});

describe("a mail domain", () => {
  const reasonsFor = async (domain: string) => {
    const organizer = await makeOrganizer({ location: { kind: "none" }, emailCheck: "always" });
    const visitor = { name: "Vera", email: `vera@${domain}`, timeZone: "UTC" };
    return (await byForm(organizer, 0, elsewhere(), {}, { visitor })).reasons;
  };

  it.each([
    ["has mail servers", "mail.site", []],
    ["has a host of its name", "host.site", []],
    ["says that it takes no mail", "null.site", ["no_mail_domain"]],
    ["doesn't exist", "gone.site", ["no_mail_domain"]],
    ["can't be asked about", "slow.site", []],
    ["has no mail servers, and a host that can't be asked about", "half.site", []],
    ["is for documents and tests", "visitors.example", []],
  ])("a mail domain that %s is judged by what its name servers say", async (_, domain, reasons) => {
    await askMailDomain(`vera@${domain}`);
    expect(await reasonsFor(domain)).toEqual(reasons);
  });

  it("a mail domain that isn't known is asked about by the first booking, and no booking waits for it", async () => {
    expect(names.asked()).not.toContain("new.site");
    await reasonsFor("new.site");
    await askMailDomain("vera@new.site");
    expect(names.asked()).toContain("new.site");
    expect(await reasonsFor("new.site")).toEqual(["no_mail_domain"]);
  });

  it("a mail domain is asked about once, and reserved ones never", async () => {
    const before = names.asked().length;
    await askMailDomain("vera@mail.site");
    await askMailDomain("vera@visitors.example");
    expect(names.asked()).toHaveLength(before);
  });
});
