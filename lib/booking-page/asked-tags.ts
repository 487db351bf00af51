import { cookies, headers } from "next/headers";
import { cache } from "react";
import { currentPath } from "@/lib/auth/guards";
import { isUsableTag, languageCookie, languageParameter } from "@/lib/booking-page/language-cookie";
import { ownerTagOf } from "@/lib/booking-page/owner-tag";
import { acceptedTags, preferredTag } from "@/lib/format/clock";
import { findLocale } from "@/lib/i18n/languages";

/**
 * The languages (BCP 47) that are asked for, the most wanted first: the one in the page's address, the one chosen in this browser
 * (a cookie), then the browser's own.
 */
async function askedTags(): Promise<string[]> {
  const [, query = ""] = (await currentPath()).split("?");
  const named = new URLSearchParams(query).get(languageParameter);
  const chosen = (await cookies()).get(languageCookie)?.value;
  return [named, chosen].filter(isUsableTag).concat(await browserTags());
}

/**
 * The tag (BCP 47) to keep for someone who has chosen a language, with the region that their browser names for it; null: the one that the
 * browser asks for itself, undefined if that is none of ours.
 */
export async function tagToKeep(language: string | null): Promise<string | undefined> {
  const accepted = await browserTags();
  return preferredTag(language === null ? accepted.filter(isSpoken) : [language, ...accepted]);
}

async function browserTags(): Promise<string[]> {
  return acceptedTags((await headers()).get("accept-language"));
}

const isSpoken = (tag: string) => findLocale([tag]) !== null;

/**
 * The language (BCP 47) of whoever reads a page that has none of its own: the most wanted that there is a catalogue for, else that of the
 * organizer whose page it is, else the most wanted anyway, for its clock. Undefined where nothing is known. Found once a request.
 */
export const readerTag = cache(async (): Promise<string | undefined> => {
  const asked = await askedTags();
  return (
    preferredTag(asked.filter(isSpoken)) ?? (await ownerTagOf(await currentPath())) ?? preferredTag(asked)
  );
});
