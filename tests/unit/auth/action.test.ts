import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { openForm } from "@/lib/auth/form-state";
import { anyone, buttonAction, type FormOutcome, formAction } from "@/lib/reader/action";
import { setTestEnvironment } from "@/tests/support/env";
import { request } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

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
  expect(run).toHaveBeenCalledWith(good, { who: "ada", address: "203.0.113.9", locale: "en" });
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

test("a form on another site changes nothing", async () => {
  request.headers = new Headers({ "sec-fetch-site": "cross-site" });
  const guard = vi.fn(anyone);
  const state = await formAction({ guard, schema, run })(openForm, form(good));
  await buttonAction({ guard, schema, run: async () => void run() })(form(good));
  expect(state.status).toBe("refused");
  expect(guard).not.toHaveBeenCalled();
  expect(run).not.toHaveBeenCalled();
});

test("anyone who may not is stopped before anything is read", async () => {
  const guard = () => Promise.reject(new Error("stopped"));
  const action = formAction({ guard, schema, run });
  await expect(action(openForm, form({}))).rejects.toThrow("stopped");
});
