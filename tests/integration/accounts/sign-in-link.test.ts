import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSignInLink, readSignInLink, signInByLink } from "@/lib/accounts/sign-in-link";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { admin } from "@/tests/support/admin-command";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { readMailsTo } from "@/tests/support/mails";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
});
afterAll(() => database.cleanup());
beforeEach(async () => {
  await db().user.deleteMany();
});

async function tokenFor(userId: string): Promise<string> {
  const made = await createSignInLink(userId);
  return made.ok ? (made.value.url.split("/").at(-1) ?? "") : "";
}

test("a link of the operator's signs its person in once, whatever SIGN_IN says, and tells them", async () => {
  const ada = await givenOrganizer("ada");
  Object.assign(env(), { SIGN_IN: ["oidc"] });
  const token = await tokenFor(ada.id);
  expect(await readSignInLink(token)).toEqual({ name: "Organizer ada", email: ada.email });
  const answers = await Promise.all(Array.from({ length: 8 }, () => signInByLink(token)));
  expect(answers.filter((one) => one.ok)).toEqual([{ ok: true, value: { userId: ada.id, sessionEpoch: 0 } }]);
  expect(await signInByLink(token)).toEqual({ ok: false, error: { code: "link_invalid" } });
  expect((await readMailsTo(ada.email))[0]?.subject).toContain("with a link");
  const entries = await db().auditEntry.findMany({ where: { subjectId: ada.id }, orderBy: { at: "asc" } });
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["sign_in.link_made", "sign_in.succeeded"]),
  );
  expect(JSON.stringify(entries)).not.toContain(token);
});

test("a link of the operator's is good for 15 minutes, and only the newest one", async () => {
  const ada = await givenOrganizer("ada");
  const first = await tokenFor(ada.id);
  const second = await tokenFor(ada.id);
  expect(await signInByLink(first)).toMatchObject({ ok: false });
  expect(await signInByLink(second, new Date(Date.now() + 15 * 60_000 + 1))).toMatchObject({ ok: false });
});

test("a link of the operator's does not open an account that is disabled", async () => {
  const ada = await givenOrganizer("ada");
  const token = await tokenFor(ada.id);
  await db().user.update({ where: { id: ada.id }, data: { disabledAt: new Date() } });
  expect(await readSignInLink(token)).toBeNull();
  expect(await signInByLink(token)).toMatchObject({ ok: false });
  expect(await createSignInLink(ada.id)).toEqual({ ok: false, error: { code: "account_disabled" } });
});

test("sign-in-link prints a link to an account that there is", async () => {
  const ada = await givenOrganizer("ada");
  const made = JSON.parse((await admin(["sign-in-link", "--email", ada.email])).stdout);
  expect(made).toEqual({
    id: ada.id,
    email: ada.email,
    url: expect.stringMatching(/^http:\/\/localhost:3000\/sign-in\/link\/[\w-]{43}$/),
    expiresAt: expect.any(String),
  });
  expect(await readSignInLink(made.url.split("/").at(-1))).toMatchObject({ email: ada.email });
  const refused = await admin(["sign-in-link", "--email", "nobody@example.test"]);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
});
