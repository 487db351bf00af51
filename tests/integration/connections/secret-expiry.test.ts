import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { warnOfSecretExpiry } from "@/lib/connections/secret-expiry";
import { db } from "@/lib/database/client";
import { enableRegistration, saveRegistration } from "@/lib/registration/registration";
import { noteSecretRefused, noteSecretTaken } from "@/lib/registration/secret-use";
import { prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readMailsTo } from "@/tests/support/mails";
import { makeOrganizer } from "@/tests/support/organizer";

const clientId = "22222222-2222-4222-8222-222222222222";
const lastDay = "2027-03-01";
const dayMs = 24 * 3600_000;

let database: TestDatabase;
let adminEmail: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
  const { id } = await makeOrganizer();
  await makeOrganizer();
  ({ email: adminEmail } = await db().user.update({ where: { id }, data: { role: "admin" } }));
});
afterAll(() => database.cleanup());

beforeEach(async () => {
  await db().mail.deleteMany();
  await db().secretExpiryNotice.deleteMany();
  await saveRegistration({ clientId, clientSecret: "a~secret", nextSecret: null, expiresOn: lastDay });
  await enableRegistration(true);
});

/** So many days before the secret's last one. */
const daysBefore = (days: number, date = lastDay) => new Date(Date.parse(date) - days * dayMs);

async function subjectsAfter(...days: number[]): Promise<string[]> {
  for (const day of days)
    await Promise.all([warnOfSecretExpiry(daysBefore(day)), warnOfSecretExpiry(daysBefore(day))]);
  return (await readMailsTo(adminEmail)).map(({ subject }) => subject).reverse();
}

describe("the countdown to a client secret's last day", () => {
  it("the countdown to a client secret's last day mails the admins at 60, 30, 14, 7 and 1 days, once each, and no one else", async () => {
    const subjects = await subjectsAfter(61, 60, 59, 31, 30, 29, 15, 14, 8, 7, 2, 1, 0, -1, -30);
    expect(subjects).toEqual([
      "Bellhop's client secret expires in 60 days",
      "Bellhop's client secret expires in 30 days",
      "Bellhop's client secret expires in 14 days",
      "Bellhop's client secret expires in 7 days",
      "Bellhop's client secret expires tomorrow",
    ]);
    expect(await db().mail.count()).toBe(5);
  });

  it("the countdown to a client secret's last day makes up for the latest stage alone after a pause", async () => {
    expect(await subjectsAfter(10, 10)).toEqual(["Bellhop's client secret expires in 10 days"]);
  });

  it("the countdown to a client secret's last day begins again with a new date", async () => {
    await subjectsAfter(60);
    await saveRegistration({ expiresOn: "2029-03-01" });
    await warnOfSecretExpiry(daysBefore(30));
    expect(await db().mail.count()).toBe(1);
    await warnOfSecretExpiry(daysBefore(60, "2029-03-01"));
    expect(await db().mail.count()).toBe(2);
  });

  it("the countdown to a client secret's last day says that a second secret waits, and never what it is", async () => {
    await saveRegistration({ nextSecret: "the~second" });
    await subjectsAfter(14);
    const [mail] = await readMailsTo(adminEmail);
    expect(mail?.text).toContain("If Microsoft accepts it, it takes over automatically.");
    expect(mail?.text).toContain("http://localhost:3000/admin");
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/a~secret|the~second/);
  });

  it("the countdown to a client secret's last day says how the second secret fared, and that a refused one takes nothing over", async () => {
    const second = "the~second";
    await saveRegistration({ nextSecret: second });
    await noteSecretTaken(second);
    await subjectsAfter(60);
    expect((await readMailsTo(adminEmail))[0]?.text).toContain("Microsoft accepts your second secret");
    await noteSecretRefused(second, "invalid_client AADSTS7000215");
    await subjectsAfter(30);
    expect((await readMailsTo(adminEmail))[0]?.text).not.toContain("takes over automatically");
    expect((await readMailsTo(adminEmail))[0]?.text).toContain("it's refused");
    await saveRegistration({ nextSecret: "abc def" });
    await subjectsAfter(14);
    expect((await readMailsTo(adminEmail))[0]?.text).toContain("it's refused");
  });

  it("the countdown to a client secret's last day is silent where no date is known", async () => {
    await saveRegistration({ expiresOn: null });
    expect(await subjectsAfter(14)).toEqual([]);
  });
});
