import { cookies, headers } from "next/headers";
import { acceptedTags } from "@/lib/format/clock";
import { isLanguageTag } from "@/lib/input/text";

/** The languages (BCP 47) that a browser asks for, the most wanted first: the one chosen here (a cookie), then its own. */
export async function askedTags(): Promise<string[]> {
  const chosen = (await cookies()).get("lang")?.value ?? "";
  const accepted = acceptedTags((await headers()).get("accept-language"));
  return isLanguageTag(chosen) && chosen.length <= 35 ? [chosen, ...accepted] : accepted;
}
