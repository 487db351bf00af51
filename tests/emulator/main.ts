import { parseArgs } from "node:util";
import { startEmulator } from "@/tests/emulator/server";

/** Runs the emulator alone: `npx tsx tests/emulator/main.ts --port 4400 [--state file.json]`. */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4400" },
    host: { type: "string", default: "127.0.0.1" },
    state: { type: "string" },
  },
});

const emulator = await startEmulator({
  port: Number(values.port),
  host: values.host,
  ...(values.state ? { statePath: values.state } : {}),
});

if (!emulator.checksAgainstDescription) {
  process.stderr.write(
    "Microsoft's OpenAPI description was not found: requests are checked by the emulator's own rules only.\n",
  );
}
process.stdout.write(`Microsoft emulator at ${emulator.url} (Outlook: ${emulator.url}/outlook)\n`);

// "disconnect": anyone who started us is gone.
for (const event of ["SIGTERM", "SIGINT", "disconnect"]) {
  process.once(event, () => {
    void emulator.close().then(() => process.exit(0));
  });
}
