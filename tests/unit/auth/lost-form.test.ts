import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { NextRequest } from "next/server";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { listKnownActions } from "@/lib/auth/known-actions";
import { lostFormHeader, readLostForm } from "@/lib/auth/lost-form";
import { proxy } from "@/proxy";
import { setTestEnvironment } from "@/tests/support/env";
import { request } from "@/tests/support/next-request";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

const knownId = "40aa11";
const older = "40ff99";

beforeAll(async () => {
  setTestEnvironment();
  const file = path.join(await mkdtemp(path.join(tmpdir(), "bellhop-")), "manifest.json");
  await writeFile(file, JSON.stringify({ node: { [knownId]: { workers: {} } }, edge: {} }));
  await listKnownActions(file);
});
beforeEach(() => {
  request.headers = new Headers();
});

const typed = { name: "Ada 👩‍🚀", "answers.topic": "One & two", token: "t", password: "p" };

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

/** What the page behind the proxy reads. */
async function send(body: FormData | URLSearchParams, headers: Record<string, string> = {}) {
  const sent = new NextRequest("http://localhost:3000/ines/talk", {
    method: "POST",
    body,
    headers: { host: "localhost:3000", ...headers },
  });
  const answer = await proxy(sent);
  const read = (name: string) => answer.headers.get(`x-middleware-request-${name}`);
  request.headers = new Headers(read(lostFormHeader) ? { [lostFormHeader]: read(lostFormHeader) ?? "" } : {});
  return { status: answer.status, lost: await readLostForm(), type: read("content-type") };
}

const kept = { name: "Ada 👩‍🚀", "answers.topic": "One & two" };

describe("a form whose action this build does not have", () => {
  it.each([
    ["by name", { [`$ACTION_ID_${older}`]: "" }],
    [
      "by reference",
      {
        $ACTION_REF_1: "",
        "$ACTION_1:0": `{"id":"${older}","bound":"$@1"}`,
        "$ACTION_1:1": "[{}]",
        $ACTION_KEY: "k",
      },
    ],
    ["in a form that says nothing", { $ACTION_REF_1: "" }],
    ["and none at all", {}],
  ])(
    "a form whose action this build does not have, %s, comes to its page with what was typed, but for secrets",
    async (_, fields) => {
      const { status, lost, type } = await send(form({ ...fields, ...typed }));
      expect(status).toBe(200);
      expect(lost).toEqual(kept);
      expect(type).toBe("application/x-www-form-urlencoded");
    },
  );

  it("a form whose action this build does not have comes to its page from a form of someone else's making too", async () => {
    const { lost } = await send(new URLSearchParams(typed));
    expect(lost).toEqual(kept);
  });
});

describe("what the proxy leaves alone", () => {
  it.each([
    ["by name", { [`$ACTION_ID_${knownId}`]: "" }],
    ["by reference", { $ACTION_REF_1: "", "$ACTION_1:0": `{"id":"${knownId}","bound":"$@1"}` }],
  ])("a form whose action is known %s", async (_, fields) => {
    const { lost, type } = await send(form({ ...fields, ...typed }));
    expect(lost).toBeNull();
    expect(type).toContain("multipart/form-data");
  });

  it("a script's own request", async () => {
    expect((await send(form(typed), { "next-action": older })).lost).toBeNull();
  });

  it("a form from elsewhere is refused, and nothing of it is shown", async () => {
    const { status, lost } = await send(form(typed), { "sec-fetch-site": "cross-site" });
    expect([status, lost]).toEqual([403, null]);
  });

  it("no one hands values to a page by a header", async () => {
    const forged = Buffer.from(JSON.stringify({ name: "Mallory" })).toString("base64url");
    const answer = await proxy(
      new NextRequest("http://localhost:3000/ines/talk", { headers: { [lostFormHeader]: forged } }),
    );
    expect(answer.headers.get(`x-middleware-request-${lostFormHeader}`)).toBeNull();
  });
});
