import {
  CheckCircleIcon,
  HourglassIcon,
  ProhibitIcon,
  TrayIcon,
  WarningCircleIcon,
} from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Badge } from "@/components/ui/badge";
import { translator } from "@/lib/i18n/translator";
import type { MailSummary } from "@/lib/outbox/outbox";
import { getLocale } from "@/lib/reader/locale";

interface MailBadgeProps {
  status: MailSummary["status"];
  /** Whether an SMTP server is set; without one a mail goes nowhere. */
  isSending: boolean;
}

export function MailBadge({ status, isSending }: MailBadgeProps) {
  const words = translator("account", use(getLocale()));
  if (status === "sent") {
    return (
      <Badge tone="success" glyph={CheckCircleIcon}>
        {words("outbox.sent")}
      </Badge>
    );
  }
  if (status === "failed") {
    return (
      <Badge tone="danger" glyph={WarningCircleIcon}>
        {words("outbox.failed")}
      </Badge>
    );
  }
  if (status === "withdrawn") {
    return (
      <Badge tone="none" glyph={ProhibitIcon}>
        {words("outbox.withdrawn")}
      </Badge>
    );
  }
  return isSending ? (
    <Badge tone="calm" glyph={HourglassIcon}>
      {words("outbox.queued")}
    </Badge>
  ) : (
    <Badge tone="none" glyph={TrayIcon}>
      {words("outbox.kept")}
    </Badge>
  );
}
