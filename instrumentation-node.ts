import { boot, describeStartFailure, type Running, requireEnvironment } from "@/lib/boot";

/** The server script stops us through here: it can't import what Next.js has bundled. */
const place = globalThis as { bellhopRunning?: Running };

export async function start(): Promise<void> {
  if (place.bellhopRunning) return;
  try {
    place.bellhopRunning = await boot(requireEnvironment());
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error)}\n`);
    process.exit(1);
  }
}
