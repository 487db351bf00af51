import { PlugsIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { listOf } from "@/lib/format/lists";
import { translator } from "@/lib/i18n/translator";
import type { FormerMailboxView } from "@/lib/meetings/out-of-reach";
import { getLocale } from "@/lib/reader/locale";

/** Events in calendars that Bellhop can't get at; nothing where there are none. */
export function OutOfReachBanner({ mailboxes }: { mailboxes: readonly FormerMailboxView[] }) {
  const lost = mailboxes.filter(({ isOpen, bookings, stale }) => !isOpen && bookings + stale.length > 0);
  if (lost.length === 0) return null;
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const stale = lost.reduce((sum, one) => sum + one.stale.length, 0);
  const bookings = lost.reduce((sum, one) => sum + one.bookings, 0);
  const emails = listOf(
    lost.map(({ email }) => email || words("reach.someAccount")),
    locale,
  );
  return (
    <Banner
      tone={stale > 0 ? "danger" : "warning"}
      glyph={PlugsIcon}
      title={words("banner.outOfReach", { count: Math.max(stale, bookings) })}
      action={
        <ButtonLink kind="second" href="/account/integrations">
          {words("banner.outOfReachAction")}
        </ButtonLink>
      }
    >
      {words("banner.outOfReachText", { stale, emails })}
    </Banner>
  );
}
