import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { openForm } from "@/lib/auth/form-state";
import { consume } from "@/lib/auth/rate-limit";
import { openSlotForm } from "@/lib/booking-page/slot-form-state";
import type { InputIssue } from "@/lib/input/parse";
import { anyone, buttonAction, type FormOutcome, formAction, formActionFor } from "@/lib/reader/action";
import { slotAction } from "@/lib/reader/slot-action";
import { setTestEnvironment } from "@/tests/support/env";
import { request } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));
vi.mock("next/cache", () => ({ refresh: () => undefined }));
vi.mock("@/lib/auth/rate-limit", () => ({ consume: vi.fn(async () => ({ ok: true })) }));

beforeAll(() => setTestEnvironment());
beforeEach(() => {
  request.headers = new Headers({ "sec-fetch-site": "same-origin", "x-bellhop-peer": "203.0.113.9" });
});

const schema = z.object({ email: z.email("email_form"), password: z.string().min(8, "password_short") });
const run = vi.fn(async (): Promise<FormOutcome> => ({ status: "done", message: "Done" }));
beforeEach(() => {
  run.mockClear();
});

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}
const good = { email: "ada@example.test", password: "correct horse" };

test("an action gets its checked input, who asks and from where", async () => {
  const action = formAction({ guard: async () => "ada", schema, run });
  expect(await action(openForm, form({ ...good, $ACTION_KEY: "k" }))).toMatchObject({
    status: "done",
    message: "Done",
  });
  expect(run).toHaveBeenCalledWith(good, {
    who: "ada",
    address: "203.0.113.9",
    locale: "en",
    values: { email: good.email },
  });
});

test("mistakes stand beside their fields in words; what was typed stays, but never a password", async () => {
  const action = formAction({ guard: anyone, schema, run });
  const state = await action(openForm, form({ email: "nope", password: "short", token: "t", note: "kept" }));
  expect(state).toEqual({
    status: "refused",
    values: { email: "nope", note: "kept" },
    errors: { email: expect.stringContaining("email address"), password: "Use 8 characters or more." },
    message: "2 fields need your attention",
  });
  expect(run).not.toHaveBeenCalled();
});

test("a refusal by the use case keeps what was typed, too", async () => {
  run.mockResolvedValueOnce({ status: "refused", message: "Taken" });
  const state = await formAction({ guard: anyone, schema, run })(openForm, form(good));
  expect(state).toMatchObject({ status: "refused", message: "Taken", values: { email: good.email } });
  expect(JSON.stringify(state)).not.toContain(good.password);
});

const slotGuard = async () => ({ organizer: { name: "Ines Moreau", timeZone: "Europe/Paris" } });
const slot = { guard: slotGuard, schema, read: (fields: object) => fields };
const runSlot = vi.fn(async () => ({ code: "not_found" as const }));
beforeEach(() => {
  runSlot.mockClear();
});

test("a form on another site changes nothing", async () => {
  request.headers = new Headers({ "sec-fetch-site": "cross-site" });
  const guard = vi.fn(anyone);
  const rules = { guard, schema, run };
  const guardSlot = vi.fn(slotGuard);
  const states = [
    await formAction(rules)(openForm, form(good)),
    await formActionFor(rules)("7", openForm, form(good)),
    await formAction({ ...rules, redraw: (fields) => fields })(openForm, form({ ...good, intent: "add:" })),
    await slotAction({ ...slot, guard: guardSlot, run: runSlot })(openSlotForm, form(good)),
  ];
  await buttonAction({ guard, schema, run: async () => void run() })(form(good));
  for (const state of states) {
    expect(state).toMatchObject({ status: "refused", message: expect.stringContaining("another site") });
  }
  for (const untouched of [guard, guardSlot, run, runSlot]) expect(untouched).not.toHaveBeenCalled();
});

test("anyone who is too fast hears how long to wait, and nothing is read or done", async () => {
  const read = vi.fn(() => good);
  const rules = { guard: async () => "ada", schema, read, run };
  const slow = { ok: false, retryAfterSeconds: 61 } as const;
  vi.mocked(consume).mockResolvedValueOnce(slow);
  expect(await formAction({ ...rules, limit: "visitorChange" })(openForm, form(good))).toMatchObject({
    status: "refused",
    message: "Too many attempts. Try again in 2 minutes",
    values: { email: good.email },
  });
  expect(consume).toHaveBeenLastCalledWith("visitorChange", "203.0.113.9");
  vi.mocked(consume).mockResolvedValueOnce(slow);
  const limit = { name: "testBooking", per: (who: string) => who } as const;
  const describeWait = (minutes: number) => `In ${minutes}`;
  expect(await formAction({ ...rules, limit, describeWait })(openForm, form(good))).toMatchObject({
    message: "In 2",
  });
  expect(consume).toHaveBeenLastCalledWith("testBooking", "ada");
  vi.mocked(consume).mockResolvedValueOnce(slow);
  const asked = slotAction({ ...slot, limit: "booking", run: runSlot });
  expect(await asked(openSlotForm, form(good))).toMatchObject({
    status: "refused",
    message: "Too many bookings from your network",
    values: good,
  });
  for (const untouched of [read, run, runSlot]) expect(untouched).not.toHaveBeenCalled();
});

test("a button's refusal can lead elsewhere, and by itself leads nowhere", async () => {
  const refuse = vi.fn(async () => undefined);
  await buttonAction({ guard: anyone, schema, refuse, run: async () => void run() })(form({ email: "x" }));
  expect(refuse).toHaveBeenCalledWith(expect.objectContaining({ code: "invalid_input" }), { email: "x" });
  await buttonAction({ guard: anyone, schema, run: async () => void run() })(form({ email: "x" }));
  expect(run).not.toHaveBeenCalled();
});

test("a button that only changes the form's rows does so for those who may, and does nothing else", async () => {
  const guard = vi.fn(anyone);
  const rules = { guard, schema, run, redraw: (fields: object, intent: string) => ({ ...fields, intent }) };
  expect(await formAction(rules)(openForm, form({ email: "nope", intent: "add-row:" }))).toEqual({
    ...openForm,
    values: { email: "nope", intent: "add-row:" },
  });
  expect(guard).toHaveBeenCalledOnce();
  const stopped = () => Promise.reject(new Error("stopped"));
  const action = formAction({ ...rules, guard: stopped });
  await expect(action(openForm, form({ intent: "add-row:" }))).rejects.toThrow("stopped");
  expect(run).not.toHaveBeenCalled();
});

test("a form of a row gets the id that its page has bound", async () => {
  const runFor = vi.fn(async (): Promise<FormOutcome> => ({ status: "done", message: "Saved" }));
  await formActionFor({ guard: anyone, schema, run: runFor })("7", openForm, form(good));
  expect(runFor).toHaveBeenCalledWith(good, expect.objectContaining({ id: "7" }));
});

test("what a form shows besides comes with what was done, and is blank where nothing was", async () => {
  const shown = async (): Promise<FormOutcome<{ steps: number }>> => ({
    status: "done",
    message: null,
    steps: 3,
  });
  const action = formAction({ guard: anyone, schema, blank: { steps: 0 }, run: shown });
  expect(await action({ ...openForm, steps: 0 }, form(good))).toMatchObject({ status: "done", steps: 3 });
  expect(await action({ ...openForm, steps: 3 }, form({}))).toMatchObject({ status: "refused", steps: 0 });
});

test("a form for a time says what is wrong with all of it together, and asks for nothing then", async () => {
  const review = vi.fn(async (issues: readonly InputIssue[]) => ({
    code: "invalid_request" as const,
    issues: [...issues, { path: "answers.topic", message: "required", values: {} }],
  }));
  const action = slotAction({ ...slot, review, run: runSlot });
  const { errors, values } = await action(openSlotForm, form({ email: "nope", password: "correct horse" }));
  expect(Object.keys(errors)).toEqual(["email", "answers.topic"]);
  expect(values).toMatchObject({ email: "nope" });
  expect(Object.keys((await action(openSlotForm, form(good))).errors)).toEqual(["answers.topic"]);
  expect(runSlot).not.toHaveBeenCalled();
});

test("anyone who may not is stopped before anything is read", async () => {
  const guard = () => Promise.reject(new Error("stopped"));
  const action = formAction({ guard, schema, run });
  await expect(action(openForm, form({}))).rejects.toThrow("stopped");
});
