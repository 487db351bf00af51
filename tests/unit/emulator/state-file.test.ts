import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createControl } from "@/tests/emulator/client";
import {
  graphAs,
  graphWith,
  newAccount,
  newTokens,
  postToken,
  startStage,
  teamsEvent,
} from "@/tests/unit/emulator/support";

const folder = mkdtempSync(join(tmpdir(), "emulator-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("mailbox, tokens, keys and delta links survive a restart", async () => {
  const statePath = join(folder, "restart.json");
  const before = await startStage({ statePath });
  const account = await newAccount(before);
  const tokens = await newTokens(before, account);
  const { body } = await (await graphAs(before, account))("POST", "/me/events", teamsEvent());
  const keys = async (url: string) => (await fetch(`${url}/common/discovery/v2.0/keys`)).json();
  const oldKeys = await keys(before.emulator.url);
  await before.emulator.close();

  const after = await startStage({ statePath });
  expect((await keys(after.emulator.url)).keys[0].kid).toBe(oldKeys.keys[0].kid);
  const graph = graphWith(after, tokens.access_token);
  expect((await graph("GET", `/me/events/${body.id}`)).body.subject).toBe("Intro call");
  const renewed = await postToken(after, {
    grant_type: "refresh_token",
    refresh_token: tokens.refresh_token,
  });
  expect(renewed.status).toBe(200);
  await after.emulator.close();
});

test("the emulator runs alone, says where, and stops immediately when asked to", async () => {
  const main = join(import.meta.dirname, "../../emulator/main.ts");
  const child = spawn(
    process.execPath,
    ["--import", "tsx", main, "--port", "0", "--state", join(folder, "alone.json")],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const line = await new Promise<string>((said) =>
    child.stdout.once("data", (data: Buffer) => said(data.toString())),
  );
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? "";
  expect(await createControl(`${url}/__control`).listAccounts()).not.toHaveLength(0);
  const ended = new Promise<number | null>((exit) => child.once("exit", exit));
  child.kill("SIGTERM");
  await ended;
}, 20_000);

test("a reset takes everything back but the signing keys", async () => {
  const stage = await startStage();
  const account = await newAccount(stage);
  await stage.control.reset();
  await expect(stage.control.getAccount(account.email)).rejects.toThrow("there is no account");
  expect(await stage.control.getAccount("ines.moreau@contoso.example")).toMatchObject({ hasTeams: true });
  await stage.emulator.close();
});
