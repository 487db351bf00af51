import { EnvelopeSimpleIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Icon } from "@/components/ui/icon";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** A quiet line about the bookings that wait for their visitors, which leads to them; nothing while none do. */
export function HeldBackCount({ count, href }: { count: number; href: string }) {
  if (count === 0) return null;
  const words = translator("bookings", use(getLocale()));
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <Icon glyph={EnvelopeSimpleIcon} className="text-muted" />
      <a href={href}>{words("unconfirmed.heldBack", { count })}</a>
      <span className="text-muted">{words("unconfirmed.heldBackHint", { count })}</span>
    </p>
  );
}
