import { db } from "@/lib/database/client";

export interface LastBackup {
  takenAt: Date;
  bytes: number;
}

/** The newest backup made by `npm run admin -- backup`; null: none yet. */
export async function readLastBackup(): Promise<LastBackup | null> {
  const last = await db().backupRun.findFirst({
    orderBy: { takenAt: "desc" },
    select: { takenAt: true, bytes: true },
  });
  return last && { takenAt: last.takenAt, bytes: Number(last.bytes) };
}
