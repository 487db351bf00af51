/** A process of its own that asks for an organizer's access token: `tsx refresh-process.ts <userId>`. */
import { closeDatabase } from "@/lib/database/client";
import { accessFor } from "@/lib/meetings/teams/access";

const access = await accessFor(process.argv[2] ?? "");
process.stdout.write(`${JSON.stringify({ tokenVersion: access.tokenVersion })}\n`);
await closeDatabase();
