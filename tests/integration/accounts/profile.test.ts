import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changeEmail } from "@/lib/accounts/change-email";
import { chooseLocale, hasChosenLocale, rememberLocale } from "@/lib/accounts/locale";
import { saveProfile } from "@/lib/accounts/profile";
import { changeRole, listUsers } from "@/lib/accounts/users";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { atBrowserOf, givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readMailsTo } from "@/tests/support/mails";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ RATE_LIMITS: "false" });
  await prepareMailQueue();
});
afterAll(() => database.cleanup());
beforeEach(async () => {
  await db().user.deleteMany();
});

describe("a profile", () => {
  test("a profile changes name and handle", async () => {
    const ada = await givenOrganizer("ada");
    expect(
      await saveProfile(scopeWithoutRequest(ada.id), { name: "Countess", handle: "countess" }),
    ).toMatchObject({ ok: true });
    expect(await db().user.findUnique({ where: { id: ada.id } })).toMatchObject({
      name: "Countess",
      handle: "countess",
    });
  });

  test("a profile has the language of the browser that signs in, until its owner chooses one", async () => {
    const { id } = await givenOrganizer("ada");
    const locale = async () => (await db().user.findUniqueOrThrow({ where: { id } })).locale;
    const scope = scopeWithoutRequest(id);
    await rememberLocale(id, "fr-CH");
    expect(await locale()).toBe("fr-CH");
    await chooseLocale(scope, { locale: "de-CH", isChosen: true });
    await rememberLocale(id, "en-US");
    expect([await locale(), await hasChosenLocale(scope)]).toEqual(["de-CH", true]);
    await chooseLocale(scope, { locale: "en-US", isChosen: false });
    await rememberLocale(id, undefined);
    expect([await locale(), await hasChosenLocale(scope)]).toEqual(["en-US", false]);
    await rememberLocale(id, "sv");
    expect(await locale()).toBe("sv");
  });

  test("a profile keeps its handle when it is saved again", async () => {
    const ada = await givenOrganizer("ada");
    expect(await saveProfile(scopeWithoutRequest(ada.id), { name: "Ada", handle: "ada" })).toMatchObject({
      ok: true,
    });
  });

  test("a profile does not take another organizer's handle, nor do two get the same one at the same time", async () => {
    const [ada, bob] = [await givenOrganizer("ada"), await givenOrganizer("bob")];
    expect(await saveProfile(scopeWithoutRequest(bob.id), { name: "Bob", handle: "ada" })).toEqual({
      ok: false,
      error: { code: "handle_taken" },
    });
    const both = [ada, bob].map((user) =>
      saveProfile(scopeWithoutRequest(user.id), { name: "Both", handle: "both" }),
    );
    const answers = await Promise.all(both);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });
});

describe("a handle", () => {
  const handles = () =>
    db().handle.findMany({ select: { handle: true, userId: true }, orderBy: { handle: "asc" } });

  test("a handle is in the one list of addresses from the start, and there alone under its new name", async () => {
    const ada = await givenOrganizer("ada");
    expect(await handles()).toEqual([{ handle: "ada", userId: ada.id }]);
    await saveProfile(scopeWithoutRequest(ada.id), { name: "Ada", handle: "countess" });
    expect(await handles()).toEqual([{ handle: "countess", userId: ada.id }]);
    const bob = await givenOrganizer("bob");
    await saveProfile(scopeWithoutRequest(bob.id), { name: "Bob", handle: "ada" });
    expect(await handles()).toEqual([
      { handle: "ada", userId: bob.id },
      { handle: "countess", userId: ada.id },
    ]);
  });

  test("a handle goes with its account", async () => {
    const ada = await givenOrganizer("ada");
    await db().user.delete({ where: { id: ada.id } });
    expect(await handles()).toEqual([]);
  });

  test("a handle is refused by the database where the list names someone else", async () => {
    const [ada, bob] = [await givenOrganizer("ada"), await givenOrganizer("bob")];
    await expect(
      db().handle.update({ where: { userId: bob.id }, data: { handle: "ada" } }),
    ).rejects.toThrow();
    await expect(db().handle.create({ data: { handle: "ada-2", userId: ada.id } })).rejects.toThrow();
  });
});

describe("an email address", () => {
  test("an email address changes with the password given again, and the old one is notified", async () => {
    const ada = await givenOrganizer("ada");
    const input = { email: "countess@example.test", currentPassword: ada.password };
    expect(await changeEmail(atBrowserOf(ada.id), { ...input, currentPassword: "a guess" })).toMatchObject({
      error: { code: "wrong_password" },
    });
    expect(await changeEmail(atBrowserOf(ada.id), input)).toMatchObject({ ok: true });
    expect((await readMailsTo(ada.email))[0]?.text).toContain("countess@example.test");
  });

  test("an email address is not taken from another account", async () => {
    const [ada, bob] = [await givenOrganizer("ada"), await givenOrganizer("bob")];
    expect(
      await changeEmail(atBrowserOf(bob.id), { email: ada.email, currentPassword: bob.password }),
    ).toEqual({
      ok: false,
      error: { code: "email_unavailable" },
    });
  });
});

describe("the platform admin", () => {
  test("the platform admin finds accounts by name, address and handle, newest first", async () => {
    for (const handle of ["ada", "bob", "carla"]) await givenOrganizer(handle);
    expect((await listUsers()).items.map((user) => user.handle)).toEqual(["carla", "bob", "ada"]);
    expect((await listUsers({ search: "BOB@" })).items.map((user) => user.handle)).toEqual(["bob"]);
    expect((await listUsers({ search: "%" })).items).toEqual([]);
  });

  test("the platform admin reads accounts page by page", async () => {
    await db().user.createMany({
      data: Array.from({ length: 60 }, (_, n) => ({ email: `p${n}@x.test`, name: `P${n}`, handle: `p${n}` })),
    });
    const first = await listUsers();
    const second = await listUsers(first.nextAfter ? { after: first.nextAfter } : {});
    expect([first.items.length, second.items.length, second.nextAfter]).toEqual([50, 10, null]);
    expect(new Set([...first.items, ...second.items].map((user) => user.id)).size).toBe(60);
  });

  test("the platform admin is never the last one to step down, even where two do at the same time", async () => {
    const [ada, bob] = [await givenOrganizer("ada"), await givenOrganizer("bob")];
    await changeRole(ada.id, "admin");
    await changeRole(bob.id, "admin");
    const answers = await Promise.all([ada, bob].map((user) => changeRole(user.id, "organizer")));
    expect(answers.map((answer) => (answer.ok ? "ok" : answer.error.code)).toSorted()).toEqual([
      "last_admin",
      "ok",
    ]);
    expect(await db().user.count({ where: { role: "admin" } })).toBe(1);
  });
});
