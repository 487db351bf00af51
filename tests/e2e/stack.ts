/** The whole product for browser tests: emulator, embedded database and production server, in a folder of its own. */
import { fork, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { admin, foreignAdmin } from "@/tests/e2e/people";
import { startEmulator } from "@/tests/emulator/server";
import { pseudoLanguages } from "@/tests/support/pseudo-language";

const port = Number(process.env.E2E_PORT ?? 3210);
const dataDir = mkdtempSync(path.join(tmpdir(), "bellhop-e2e-"));
const emulator = await startEmulator({ port: port + 1 });

// In a file: they are longer than a variable may be.
const languages = path.join(dataDir, "languages.json");
writeFileSync(languages, JSON.stringify(pseudoLanguages()));

const env = {
  ...process.env,
  PORT: String(port),
  DATA_DIR: dataDir,
  APP_URL: `http://localhost:${port}`,
  SESSION_SECRET: randomBytes(32).toString("base64url"),
  TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  LOG_LEVEL: "warn",
  SIGN_UP: "open",
  // All of these visitors come from one address.
  RATE_LIMITS: "off",
  DNS_SERVERS: "off",
  TEAMS_CLIENT_ID: "11111111-1111-4111-8111-111111111111",
  TEAMS_CLIENT_SECRET: "emulator-secret-value~1",
  TEAMS_LOGIN_URL: emulator.url,
  TEAMS_GRAPH_URL: emulator.url,
  TEST_LANGUAGES_FILE: languages,
};

// The first account of a fresh server is its admin's. Tests sign up at the same moment, so it is made before.
for (const { email, password, handle } of [
  { ...admin, handle: "the-admin" },
  { ...foreignAdmin, handle: "foreign-admin" },
]) {
  const words = ["create-user", "--email", email, "--name", "The admin", "--handle", handle];
  const made = spawnSync(
    "npm",
    ["run", "-s", "admin", "--", ...words, "--password", password, "--role", "admin"],
    { env, stdio: ["ignore", "ignore", "inherit"] },
  );
  if (made.status !== 0) process.exit(1);
}

const app = fork("scripts/start.mjs", [], { stdio: ["ignore", "ignore", "inherit", "ipc"], env });

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  app.kill("SIGTERM");
  await new Promise((resolve) => app.once("exit", resolve));
  await emulator.close();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
app.once("exit", (code) => {
  if (!stopping) process.exit(code ?? 1);
});
