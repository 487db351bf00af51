import { isAuditAction } from "@/lib/audit/actions";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** What was done, in words; one that this version doesn't know goes by its own name. */
export function actionWords(action: string, locale: Locale): string {
  return isAuditAction(action) ? translator("audit", locale)(`actions.${action}`) : action;
}
