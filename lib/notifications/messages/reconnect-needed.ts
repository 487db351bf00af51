import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { translator } from "@/lib/i18n/translator";
import { permissionWords } from "@/lib/meetings/permission-words";
import { endReasonOf } from "@/lib/meetings/reasons";
import { writeLetter } from "@/lib/notifications/messages/letter";
import { sendMail } from "@/lib/notifications/outbox";

interface BrokenConnection {
  name: string;
  email: string;
  /** The account at Microsoft; may be empty. */
  accountEmail: string;
  /** Stable code of why it ended. */
  reason: string | null;
  /** Permissions that were not granted, as scopes. */
  missing: readonly string[];
  waitingMeetings: number;
  /** After this one no more will come. */
  isLast: boolean;
}

/** Asks an organizer to reconnect, with the reason and what waits for it. */
export async function sendReconnectNeeded(tx: Tx, broken: BrokenConnection): Promise<void> {
  const { name, email, accountEmail, missing, waitingMeetings } = broken;
  const t = translator("mails");
  const reason = translator("connections")(`ended.${endReasonOf(broken.reason)}`);
  const letter = writeLetter({
    locale: "en",
    greeting: t("greeting", { name }),
    paragraphs: [
      t("reconnectNeeded.lead", { site: env().APP_URL, account: accountEmail || "none" }),
      missing.length > 0
        ? `${reason} ${t("reconnectNeeded.missing", { permissions: missing.map(permissionWords).join(", ") })}`
        : reason,
      t("reconnectNeeded.effect", { waiting: waitingMeetings }),
    ],
    action: { label: t("reconnectNeeded.action"), url: `${env().APP_URL}/account/integrations` },
    closing: [t(broken.isLast ? "reconnectNeeded.last" : "reconnectNeeded.closing")],
  });
  await sendMail(tx, {
    to: email,
    kind: "reconnect-needed",
    subject: t("reconnectNeeded.subject"),
    ...letter,
  });
}
