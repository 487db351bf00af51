import { cookies, headers } from "next/headers";
import { currentPath } from "@/lib/auth/guards";
import { readFrame, readFrameLook } from "@/lib/booking-page/frame";
import { acceptedTags } from "@/lib/format/clock";
import { isLanguageTag } from "@/lib/input/text";

/**
 * The languages (BCP 47) that a browser asks for, the most wanted first: that of the website whose frame it is in, the one
 * chosen here (a cookie), then its own.
 */
export async function askedTags(): Promise<string[]> {
  const chosen = (await cookies()).get("lang")?.value ?? "";
  const accepted = acceptedTags((await headers()).get("accept-language"));
  const frame = readFrame(await currentPath());
  const framed = frame && readFrameLook(frame.query).lang;
  const first = framed ?? (isLanguageTag(chosen) && chosen.length <= 35 ? chosen : undefined);
  return first === undefined ? accepted : [first, ...accepted];
}
