import { z } from "zod";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { shippedTags } from "@/lib/i18n/languages";

/**
 * Keeps the language (BCP 47) in which someone reads our pages, so that their mails have the same clock. Changes nothing for people who
 * have chosen one themselves.
 */
export async function rememberLocale(userId: string, locale: string | undefined): Promise<void> {
  if (!locale) return;
  await db().user.updateMany({
    where: { id: userId, localeChosen: false, locale: { not: locale } },
    data: { locale },
  });
}

/** Chosen in the place of a language: whatever the browser asks for. */
export const asBrowser = "browser";

export const languageInput = z.object({ language: z.enum([asBrowser, ...shippedTags]) });

/** Keeps the language (BCP 47) that someone has chosen; `isChosen` false: the one their browser asks for, until it asks for another. */
export async function chooseLocale(
  { ownerId: id }: OwnerScope,
  { locale, isChosen }: { locale: string; isChosen: boolean },
): Promise<void> {
  await db().user.update({ where: { id }, data: { locale, localeChosen: isChosen }, select: { id: true } });
}

/** Whether someone has chosen their language themselves. */
export async function hasChosenLocale({ ownerId: id }: OwnerScope): Promise<boolean> {
  const found = await db().user.findUniqueOrThrow({ where: { id }, select: { localeChosen: true } });
  return found.localeChosen;
}
