import { LinkBreakIcon, SealCheckIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Icon } from "@/components/ui/icon";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface LinkCountProps {
  /** Upcoming confirmed bookings whose Teams link isn't verified. The goal is 0. */
  count: number;
  /** Where they are listed. */
  href: string;
}

/** The one number that has to be zero. */
export function LinkCount({ count, href }: LinkCountProps) {
  const words = translator("bookings", use(getLocale()));
  const bad = count > 0;
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <Icon
        glyph={bad ? LinkBreakIcon : SealCheckIcon}
        weight={bad ? "bold" : "fill"}
        className={bad ? "text-danger" : "text-success"}
      />
      <span>
        {words.rich("linkCount", {
          count,
          number: (text) => <strong className="font-strong">{text}</strong>,
        })}
      </span>
      {bad && <a href={href}>{words("showLinkless", { count })}</a>}
    </p>
  );
}
