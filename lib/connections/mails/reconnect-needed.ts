import { env } from "@/lib/config/env";
import { permissionWords } from "@/lib/connections/permission-words";
import { endReasonOf } from "@/lib/connections/reasons";
import type { Tx } from "@/lib/database/client";
import { listOf } from "@/lib/format/lists";
import type { ConnectionStatus } from "@/lib/grants/connection-status";
import { translator } from "@/lib/i18n/translator";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

interface BrokenConnection extends AccountHolder {
  /** The account at Microsoft; may be empty. */
  accountEmail: string;
  status: ConnectionStatus;
  waitingMeetings: number;
  /** After this one no more will come. */
  isLast: boolean;
}

/** Asks an organizer to reconnect, with the reason and what waits for it. */
export async function sendReconnectNeeded(tx: Tx, broken: BrokenConnection): Promise<void> {
  const { accountEmail, status, waitingMeetings, isLast } = broken;
  const end = endReasonOf(status.reason);
  const isAboutScopes = end === "missing_scopes" || end === "scopes_added";
  const missing = isAboutScopes ? status.missingScopes : [];
  const works = String(status.works !== null);
  const site = env().APP_URL;
  await sendLetter(tx, broken, "reconnect-needed", (words, locale) => {
    const reason = translator("connections", locale)(`ended.${end}`);
    const permissions = listOf(
      missing.map((scope) => permissionWords(scope, locale)),
      locale,
    );
    return {
      subject: words("reconnectNeeded.subject", { works }),
      paragraphs: [
        words("reconnectNeeded.lead", { site, account: accountEmail || "none", works }),
        missing.length > 0
          ? translator("common", locale)("sentences", {
              first: reason,
              second: words("reconnectNeeded.missing", { permissions }),
            })
          : reason,
        words("reconnectNeeded.effect", { waiting: waitingMeetings, works }),
      ],
      actions: [{ label: words("reconnectNeeded.action"), url: `${site}/account/integrations` }],
      closing: [words(isLast ? "reconnectNeeded.last" : "reconnectNeeded.closing")],
    };
  });
}
