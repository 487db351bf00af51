import type { OwnerScope } from "@/lib/auth/owner-scope";
import { encodePicture, type PictureRefused, uploadMaxBytes } from "@/lib/brand/encode-picture";
import { saveBrand } from "@/lib/brand/save";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { ProviderError } from "@/lib/meetings/provider";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import { err, ok, type Result } from "@/lib/result";

/** Whether there is a Microsoft account to take a picture from. */
export async function isMicrosoftConnected({ ownerId: userId }: OwnerScope): Promise<boolean> {
  const where = { userId, provider: "teams", state: { not: "reconnect_needed" } } as const;
  return (await db().meetingProviderConnection.count({ where })) > 0;
}

/** Takes the picture of the connected Microsoft account as the organizer's own. A copy: what changes there later changes nothing here. */
export async function takeProfilePicture(
  scope: OwnerScope,
): Promise<Result<null, PictureRefused | { code: "no_picture" | "not_connected" | "unavailable" }>> {
  const file = await readPicture(scope);
  if (!file.ok) return file;
  const encoded = await encodePicture("picture", file.value);
  if (!encoded.ok) return encoded;
  await saveBrand(scope, { picture: encoded.value });
  return ok(null);
}

async function readPicture(
  scope: OwnerScope,
): Promise<Result<Uint8Array, { code: "no_picture" | "not_connected" | "unavailable" }>> {
  try {
    const file = await signInPort("teams").readPicture(scope, uploadMaxBytes);
    return file ? ok(file) : err("no_picture");
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log().info({ error }, "A picture could not be taken from Microsoft");
    const isApart = error.code === "not_connected" || error.code === "reconnect_needed";
    return err(isApart ? "not_connected" : "unavailable");
  }
}
