import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createInvitation, listOpenInvitations, revokeInvitation } from "@/lib/accounts/invitations";
import { signUp, signUpInput } from "@/lib/accounts/sign-up";
import { db } from "@/lib/database/client";
import { addLanguages, defaultLocale, localeOf } from "@/lib/i18n/languages";
import { givenOrganizer } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { pseudoLanguages, toPseudo } from "@/tests/support/pseudo-language";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ RATE_LIMITS: "false" });
});
afterAll(() => database.cleanup());
beforeEach(async () => {
  await db().user.deleteMany();
});

const input = (email: string, more: object = {}) =>
  signUpInput.parse({ name: "Ada Lovelace", email, password: "correct horse", ...more });
const here = { address: "203.0.113.9", locale: defaultLocale };

describe("the first account", () => {
  test("the first account looks after the installation, the second does not", async () => {
    await signUp(input("ada@example.test"), here, "open");
    await signUp(input("bob@example.test"), here, "open");
    const roles = await db().user.findMany({ orderBy: { createdAt: "asc" }, select: { role: true } });
    expect(roles.map((user) => user.role)).toEqual(["admin", "organizer"]);
  });

  test.each(["invite", "closed"] as const)(
    "the first account is let in while sign-up is %s, and no one after it",
    async (mode) => {
      expect((await signUp(input("ada@example.test"), here, mode)).ok).toBe(true);
      const second = await signUp(input("bob@example.test"), here, mode);
      const code = mode === "closed" ? "sign_up_closed" : "invitation_invalid";
      expect(second).toEqual({ ok: false, error: { code } });
    },
  );

  test("the first account is one, however many come at the same time", async () => {
    const people = Array.from({ length: 20 }, (_, index) => input(`person-${index}@example.test`));
    const opened = await Promise.all(people.map((person) => signUp(person, here, "open")));
    expect(opened.every((one) => one.ok)).toBe(true);
    expect(await db().user.count({ where: { role: "admin" } })).toBe(1);
    expect(await db().user.count()).toBe(20);
  });

  test("the first account is the only one, however many come at the same time while sign-up is closed", async () => {
    const people = Array.from({ length: 20 }, (_, index) => input(`person-${index}@example.test`));
    const opened = await Promise.all(people.map((person) => signUp(person, here, "closed")));
    expect(opened.filter((one) => one.ok)).toHaveLength(1);
    expect(await db().user.findMany({ select: { role: true } })).toEqual([{ role: "admin" }]);
  });
});

describe("a new account", () => {
  test("a new account can be booked right away: hours in the browser's zone and a first event type", async () => {
    await signUp(input("ada@example.test", { timeZone: "europe/paris" }), here, "open");
    const user = await db().user.findFirstOrThrow({ include: { schedules: true, eventTypes: true } });
    expect(user).toMatchObject({
      handle: "ada-lovelace",
      schedules: [
        {
          name: "Working hours",
          timeZone: "Europe/Paris",
          weekly: [{ days: [1, 2, 3, 4, 5], start: "09:00", end: "17:00" }],
        },
      ],
      eventTypes: [
        {
          slug: "appointment",
          title: "Online appointment",
          durationsMinutes: [30],
          location: { kind: "teams" },
        },
      ],
    });
    expect(user.passwordHash).toMatch(/^\$argon2id\$/);
  });

  test("a new account gets its first schedule and event type in the language of its sign-up", async () => {
    const remove = addLanguages(pseudoLanguages());
    try {
      const locale = localeOf("en-XA");
      await signUp(input("ada@example.test"), { ...here, locale }, "open");
      const titled = {
        title: toPseudo("Online appointment"),
        subjectTemplate: expect.stringMatching(/\{name\}/),
      };
      expect(await db().eventType.findFirst()).toMatchObject(titled);
      expect(await db().schedule.findFirst()).toMatchObject({ name: toPseudo("Working hours") });
    } finally {
      remove();
    }
  });

  test("a new account has its hours in UTC where the browser names no zone", async () => {
    await signUp(input("ada@example.test", { timeZone: "Mars/Olympus" }), here, "open");
    expect(await db().schedule.findFirst()).toMatchObject({ timeZone: "UTC" });
  });

  test("a new account gets a handle of its own, even where many share a name", async () => {
    const people = ["a", "b", "c"].map((letter) => input(`${letter}@example.test`));
    await Promise.all(people.map((person) => signUp(person, here, "open")));
    const handles = await db().user.findMany({ select: { handle: true }, orderBy: { handle: "asc" } });
    expect(handles.map((user) => user.handle)).toEqual(["ada-lovelace", "ada-lovelace-2", "ada-lovelace-3"]);
  });

  test("a new account whose name is a reserved word gets another handle", async () => {
    await signUp(input("a@example.test", { name: "Admin" }), here, "open");
    expect(await db().user.findFirst()).toMatchObject({ handle: "admin-2" });
  });

  test("a new account is not made for an address that has one, in whatever case it is typed", async () => {
    await givenOrganizer("ada");
    const before = await db().user.findFirstOrThrow();
    const again = await signUp(input(" ADA@Example.test"), here, "open");
    expect(again).toEqual({ ok: false, error: { code: "account_not_created" } });
    expect(await db().user.findMany()).toEqual([before]);
  });
});

describe("an invitation", () => {
  test("an invitation lets one person in, once", async () => {
    const admin = await givenOrganizer("admin-ada");
    const { token } = await createInvitation(admin.id);
    expect(await signUp(input("bob@example.test", { invitation: token }), here, "invite")).toMatchObject({
      ok: true,
    });
    expect(await signUp(input("eve@example.test", { invitation: token }), here, "invite")).toEqual({
      ok: false,
      error: { code: "invitation_invalid" },
    });
  });

  test("an invitation lets one person in, even where several use it in the same moment", async () => {
    const admin = await givenOrganizer("admin-ada");
    const { token: invitation } = await createInvitation(admin.id);
    const people = Array.from({ length: 8 }, (_, index) => input(`p${index}@example.test`, { invitation }));
    const opened = await Promise.all(people.map((person) => signUp(person, here, "invite")));
    expect(opened.filter((one) => one.ok)).toHaveLength(1);
  });

  test("an invitation is not used up by an address that has an account", async () => {
    const admin = await givenOrganizer("admin-ada");
    const { token } = await createInvitation(admin.id);
    await signUp(input(admin.email, { invitation: token }), here, "invite");
    expect(await signUp(input("bob@example.test", { invitation: token }), here, "invite")).toMatchObject({
      ok: true,
    });
  });

  test("an invitation runs out after 14 days", async () => {
    const admin = await givenOrganizer("admin-ada");
    const day = 24 * 3600 * 1000;
    const { token } = await createInvitation(admin.id, new Date(Date.now() - 14 * day - 1000));
    expect(await signUp(input("bob@example.test", { invitation: token }), here, "invite")).toMatchObject({
      error: { code: "invitation_invalid" },
    });
  });

  test("an invitation can be taken back, and is kept as a hash", async () => {
    const admin = await givenOrganizer("admin-ada");
    const { token } = await createInvitation(admin.id);
    const [invitation] = await listOpenInvitations();
    expect(JSON.stringify(await db().invitation.findMany())).not.toContain(token);
    await revokeInvitation(invitation?.id ?? "");
    expect(await listOpenInvitations()).toEqual([]);
    expect(await signUp(input("bob@example.test", { invitation: token }), here, "invite")).toMatchObject({
      ok: false,
    });
  });
});
