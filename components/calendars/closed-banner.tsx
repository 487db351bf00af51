import { CalendarXIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { describeClosing } from "@/components/calendars/closing-words";
import type { Clockwork } from "@/components/connections/moment";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import type { Closing } from "@/lib/calendars/closing";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface ClosedBannerProps {
  closing: Closing | null;
  clockwork: Clockwork;
}

/** Says that no times are offered, and why; nothing while they are. */
export function ClosedBanner({ closing, clockwork }: ClosedBannerProps) {
  const locale = use(getLocale());
  const words = translator("calendars", locale);
  if (!closing) return null;
  return (
    <Banner
      tone="danger"
      glyph={CalendarXIcon}
      title={words("closed")}
      action={<ButtonLink href="/account/integrations">{words("closedAction")}</ButtonLink>}
    >
      {describeClosing(closing, clockwork, locale)}
    </Banner>
  );
}
