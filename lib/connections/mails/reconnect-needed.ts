import { env } from "@/lib/config/env";
import { permissionWords } from "@/lib/connections/permission-words";
import { endReasonOf } from "@/lib/connections/reasons";
import type { Tx } from "@/lib/database/client";
import type { Standing } from "@/lib/grants/standing";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

interface BrokenConnection {
  name: string;
  email: string;
  /** The account at Microsoft; may be empty. */
  accountEmail: string;
  standing: Standing;
  waitingMeetings: number;
  /** After this one no more will come. */
  isLast: boolean;
}

/** Asks an organizer to reconnect, with the reason and what waits for it. */
export async function sendReconnectNeeded(tx: Tx, broken: BrokenConnection): Promise<void> {
  const { name, email, accountEmail, standing, waitingMeetings } = broken;
  const t = translator("mails");
  const end = endReasonOf(standing.reason);
  const reason = translator("connections")(`ended.${end}`);
  const isAboutScopes = end === "missing_scopes" || end === "scopes_added";
  const missing = isAboutScopes ? standing.missingScopes : [];
  const works = String(standing.works !== null);
  const letter = writeLetter({
    locale: "en",
    greeting: t("greeting", { name }),
    paragraphs: [
      t("reconnectNeeded.lead", { site: env().APP_URL, account: accountEmail || "none", works }),
      missing.length > 0
        ? `${reason} ${t("reconnectNeeded.missing", { permissions: missing.map(permissionWords).join(", ") })}`
        : reason,
      t("reconnectNeeded.effect", { waiting: waitingMeetings, works }),
    ],
    action: { label: t("reconnectNeeded.action"), url: `${env().APP_URL}/account/integrations` },
    closing: [t(broken.isLast ? "reconnectNeeded.last" : "reconnectNeeded.closing")],
  });
  await sendMail(tx, {
    to: email,
    kind: "reconnect-needed",
    subject: t("reconnectNeeded.subject", { works }),
    ...letter,
  });
}
