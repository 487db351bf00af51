import { db } from "@/lib/database/client";

/** Keeps the language (BCP 47) in which someone reads our pages, so that their mails have the same clock. */
export async function rememberLocale(userId: string, locale: string | undefined): Promise<void> {
  if (locale)
    await db().user.updateMany({ where: { id: userId, locale: { not: locale } }, data: { locale } });
}
