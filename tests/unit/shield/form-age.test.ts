import { beforeAll, expect, it } from "vitest";
import { env } from "@/lib/config/env";
import { ageOfForm, stampForm } from "@/lib/shield/form-age";
import { setTestEnvironment } from "@/tests/support/env";

const old = "an-older-secret-of-the-tests-0123456789abcdef";
const now = Date.parse("2026-11-29T12:00:00Z");

beforeAll(() => setTestEnvironment());

it("a form tells how long it has been open", () => {
  expect(ageOfForm(stampForm(now), now + 2_500)).toBe(2_500);
});

it("a form with a stamp that isn't ours tells nothing", () => {
  const stamp = stampForm(now);
  const earlier = `${(now - 60_000).toString(36)}.${stamp.split(".")[1]}`;
  for (const forged of [undefined, "", "x", "1.2.3", earlier, `${stamp}x`]) {
    expect(ageOfForm(forged, now), String(forged)).toBeNull();
  }
});

it("a form that was opened before the secret was replaced still tells", () => {
  const { SESSION_SECRET } = env();
  SESSION_SECRET.unshift(old);
  const stamp = stampForm(now);
  SESSION_SECRET.push(SESSION_SECRET.shift() ?? "");
  expect(ageOfForm(stamp, now)).toBe(0);
  SESSION_SECRET.pop();
  expect(ageOfForm(stamp, now)).toBeNull();
});
