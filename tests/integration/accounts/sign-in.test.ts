import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { signIn } from "@/lib/accounts/sign-in";
import { signUp, signUpInput } from "@/lib/accounts/sign-up";
import { db } from "@/lib/database/client";
import { defaultLocale } from "@/lib/i18n/languages";
import { givenOrganizer } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());
beforeEach(async () => {
  await db().user.deleteMany();
  await db().rateLimit.deleteMany();
});

const here = "203.0.113.9";
const elsewhere = "198.51.100.7";
const wrong = { ok: false, error: { code: "wrong_credentials" } };

describe("signing in", () => {
  test("signing in opens a session of the account's present epoch", async () => {
    const ada = await givenOrganizer("ada");
    expect(await signIn({ email: ada.email, password: ada.password }, here)).toEqual({
      ok: true,
      value: { userId: ada.id, sessionEpoch: 0 },
    });
  });

  test("signing in tells no one whether the address has an account", async () => {
    const ada = await givenOrganizer("ada");
    await db().user.create({ data: { email: "new@example.test", name: "New", handle: "new" } });
    const answers = [
      await signIn({ email: ada.email, password: "another password" }, here),
      await signIn({ email: "nobody@example.test", password: "another password" }, here),
      await signIn({ email: "new@example.test", password: "another password" }, here),
    ];
    expect(answers).toEqual([wrong, wrong, wrong]);
  });

  test("signing in renews a hash of older parameters, and the password stays good", async () => {
    const ada = await givenOrganizer("ada");
    const older = await hash(ada.password, { memoryCost: 8192, timeCost: 2, parallelism: 1 });
    await db().user.update({ where: { id: ada.id }, data: { passwordHash: older } });
    expect(await signIn({ email: ada.email, password: ada.password }, here)).toMatchObject({ ok: true });
    expect(await db().user.findUnique({ where: { id: ada.id } })).toMatchObject({
      passwordHash: expect.stringContaining("m=19456,t=2,p=1"),
    });
    expect(await signIn({ email: ada.email, password: ada.password }, here)).toMatchObject({ ok: true });
  });
});

describe("guessing passwords", () => {
  const guess = (email: string, address: string) => signIn({ email, password: "a wrong guess" }, address);
  const tooMany = {
    ok: false,
    error: { code: "too_many_attempts", retryAfterSeconds: expect.toSatisfy((s) => s > 0 && s <= 900) },
  };

  test.each(["ada@example.test", "nobody@example.test"])(
    "guessing passwords stops after ten failures for %s from one address, with the same answer for all",
    async (email) => {
      await givenOrganizer("ada");
      for (let number = 0; number < 10; number += 1) expect(await guess(email, here)).toEqual(wrong);
      expect(await guess(email, here)).toEqual(tooMany);
      expect(await guess(email, elsewhere)).toEqual(wrong);
    },
  );

  test("guessing passwords stops even the right password, once there were too many", async () => {
    const ada = await givenOrganizer("ada");
    for (let number = 0; number < 10; number += 1) await guess(ada.email, here);
    expect(await signIn({ email: ada.email, password: ada.password }, here)).toEqual(tooMany);
  });

  test("guessing passwords is counted for the network, not for each of its IPv6 addresses", async () => {
    for (let number = 0; number < 10; number += 1) await guess("ada@example.test", `2001:db8:1:2::${number}`);
    expect(await guess("ada@example.test", "2001:db8:1:2::ffff")).toEqual(tooMany);
    expect(await guess("ada@example.test", "2001:db8:1:3::1")).toEqual(wrong);
  });

  test("guessing passwords stops after a hundred failures from one address, whatever the accounts", async () => {
    await db().rateLimit.deleteMany();
    const guesses = Array.from({ length: 100 }, (_, number) => guess(`p${number}@example.test`, here));
    expect(await Promise.all(guesses)).toEqual(guesses.map(() => wrong));
    expect(await guess("one-more@example.test", here)).toEqual(tooMany);
  });

  test("guessing passwords from many networks stops after twenty failures an hour, for an account that there is and for none", async () => {
    await givenOrganizer("ada");
    for (const email of ["ada@example.test", "nobody@example.test"]) {
      for (let number = 0; number < 20; number += 1) {
        expect(await guess(email, `198.51.100.${number}`)).toEqual(wrong);
      }
      expect(await guess(email, "198.51.100.200")).toEqual({
        ok: false,
        error: {
          code: "too_many_attempts",
          retryAfterSeconds: expect.toSatisfy((s) => s > 900 && s <= 3600),
        },
      });
    }
  });

  test("guessing passwords does not lock their owner out of a browser that they have used before, on whatever network", async () => {
    const ada = await givenOrganizer("ada");
    const device = { device: "known", accounts: [ada.id] };
    for (let number = 0; number < 20; number += 1) await guess(ada.email, `198.51.100.${number}`);
    for (let number = 0; number < 100; number += 1) await guess(`p${number}@example.test`, here);
    expect(await signIn({ email: ada.email, password: ada.password }, here)).toMatchObject({ ok: false });
    expect(await signIn({ email: ada.email, password: ada.password }, here, device)).toMatchObject({
      ok: true,
    });
  });

  test("guessing passwords in a browser that the owner has used before stops after ten failures, and takes nothing from others", async () => {
    const ada = await givenOrganizer("ada");
    const device = { device: "known", accounts: [ada.id] };
    const tries = Array.from({ length: 12 }, () =>
      signIn({ email: ada.email, password: "a wrong guess" }, here, device),
    );
    const refused = (await Promise.all(tries)).filter(
      (one) => !one.ok && one.error.code === "too_many_attempts",
    );
    expect(refused).toHaveLength(2);
    expect(await signIn({ email: ada.email, password: ada.password }, here)).toMatchObject({ ok: true });
  });

  test("guessing passwords is not helped by a browser that is known for another account", async () => {
    const ada = await givenOrganizer("ada");
    const bob = await givenOrganizer("bob");
    const device = { device: "known", accounts: [bob.id] };
    for (let number = 0; number < 10; number += 1) await guess(ada.email, here);
    expect(await signIn({ email: ada.email, password: ada.password }, here, device)).toEqual(tooMany);
  });

  test("guessing passwords does not count those who get in", async () => {
    const ada = await givenOrganizer("ada");
    for (let number = 0; number < 12; number += 1) {
      expect(await signIn({ email: ada.email, password: ada.password }, here)).toMatchObject({ ok: true });
    }
  });

  test("guessing passwords leaves no address and no account readable in the table of counters", async () => {
    await guess("ada@example.test", here);
    const rows = JSON.stringify(
      (await db().rateLimit.findMany()).map((row) => ({ ...row, expire: String(row.expire) })),
    );
    expect(rows).toContain("signIn:");
    expect(rows).not.toContain("ada");
    expect(rows).not.toContain(here);
  });
});

test("an address opens twenty accounts an hour and then has to wait", async () => {
  const open = (number: number) =>
    signUp(
      signUpInput.parse({ name: "Ada", email: `p${number}@example.test`, password: "correct horse" }),
      { address: here, locale: defaultLocale },
      "open",
    );
  const opened = await Promise.all(Array.from({ length: 20 }, (_, number) => open(number)));
  expect(opened.every((one) => one.ok)).toBe(true);
  expect(await open(21)).toEqual({
    ok: false,
    error: { code: "too_many_attempts", retryAfterSeconds: expect.toSatisfy((s) => s > 0 && s <= 3600) },
  });
});
