import { env } from "@/lib/config/env";
import { permissionWords } from "@/lib/connections/permission-words";
import { endReasonOf } from "@/lib/connections/reasons";
import type { Tx } from "@/lib/database/client";
import { listOf } from "@/lib/format/lists";
import type { ConnectionStatus } from "@/lib/grants/connection-status";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

interface BrokenConnection {
  name: string;
  email: string;
  /** BCP 47 */
  locale: string;
  /** The account at Microsoft; may be empty. */
  accountEmail: string;
  status: ConnectionStatus;
  waitingMeetings: number;
  /** After this one no more will come. */
  isLast: boolean;
}

/** Asks an organizer to reconnect, with the reason and what waits for it. */
export async function sendReconnectNeeded(tx: Tx, broken: BrokenConnection): Promise<void> {
  const { name, email, accountEmail, status, waitingMeetings } = broken;
  const locale = localeOf(broken.locale);
  const t = translator("mails", locale);
  const end = endReasonOf(status.reason);
  const reason = translator("connections", locale)(`ended.${end}`);
  const isAboutScopes = end === "missing_scopes" || end === "scopes_added";
  const missing = isAboutScopes ? status.missingScopes : [];
  const works = String(status.works !== null);
  const letter = writeLetter({
    locale,
    greeting: t("greeting", { name }),
    paragraphs: [
      t("reconnectNeeded.lead", { site: env().APP_URL, account: accountEmail || "none", works }),
      missing.length > 0
        ? translator("common", locale)("sentences", {
            first: reason,
            second: t("reconnectNeeded.missing", {
              permissions: listOf(
                missing.map((scope) => permissionWords(scope, locale)),
                locale,
              ),
            }),
          })
        : reason,
      t("reconnectNeeded.effect", { waiting: waitingMeetings, works }),
    ],
    actions: [{ label: t("reconnectNeeded.action"), url: `${env().APP_URL}/account/integrations` }],
    closing: [t(broken.isLast ? "reconnectNeeded.last" : "reconnectNeeded.closing")],
  });
  await sendMail(tx, {
    to: email,
    kind: "reconnect-needed",
    subject: t("reconnectNeeded.subject", { works }),
    ...letter,
  });
}
