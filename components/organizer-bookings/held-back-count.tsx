import { EnvelopeSimpleIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Icon } from "@/components/ui/icon";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface HeldBackCountProps {
  count: number;
  /** This month. */
  keptAway: number;
  /** Where both are listed. */
  href: string;
}

/** A quiet line about the bookings that wait for their visitors, and those that were kept away; nothing while there are none. */
export function HeldBackCount({ count, keptAway, href }: HeldBackCountProps) {
  if (count === 0 && keptAway === 0) return null;
  const words = translator("bookings", use(getLocale()));
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <Icon glyph={EnvelopeSimpleIcon} className="text-muted" />
      {count > 0 && (
        <>
          <a href={href}>{words("unconfirmed.heldBack", { count })}</a>
          <span className="text-muted">{words("unconfirmed.heldBackHint", { count })}</span>
        </>
      )}
      {count > 0 && keptAway > 0 && (
        <span aria-hidden="true" className="text-muted">
          ·
        </span>
      )}
      {keptAway > 0 &&
        (count > 0 ? (
          <span className="text-muted">{words("heldBack.keptAwayLine", { count: keptAway })}</span>
        ) : (
          <a href={href}>{words("heldBack.keptAwayLine", { count: keptAway })}</a>
        ))}
    </p>
  );
}
