import { ArrowSquareOutIcon, CopyIcon, EyeSlashIcon } from "@phosphor-icons/react/ssr";
import { type ReactNode, use } from "react";
import { copyWords } from "@/components/layout/copy-words";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import type { EventType } from "@/lib/event-types/schema";
import { listOf } from "@/lib/format/lists";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface EventTypeRowProps {
  eventType: Pick<EventType, "title" | "durationsMinutes" | "location" | "hidden">;
  /** Of its public page. */
  address: string;
  /** Of its editor; left out: its reader may not change it. */
  editHref?: string;
  /** What else there is to say of it. */
  facts?: readonly string[];
  /** Beside its title. */
  badges?: ReactNode;
  /** Further buttons. */
  children?: ReactNode;
}

/** One event type in a list. */
export function EventTypeRow({
  eventType,
  address,
  editHref,
  facts = [],
  badges,
  children,
}: EventTypeRowProps) {
  const locale = use(getLocale());
  const words = translator("event-types", locale);
  const { title, durationsMinutes, location, hidden } = eventType;
  const line = [
    words("row.minutes", { durations: listOf(durationsMinutes.map(String), locale) }),
    words(`places.${location.kind}`),
    ...facts,
  ];
  return (
    <li className="grid gap-x-6 gap-y-3 border-b border-hairline px-4 py-4 last:border-0 md:grid-cols-[minmax(0,1fr)_auto] md:items-center md:px-6">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {editHref ? (
            <a href={editHref} className="min-w-0 font-semibold wrap-anywhere">
              {title}
            </a>
          ) : (
            <span className="min-w-0 font-semibold wrap-anywhere">{title}</span>
          )}
          {badges}
          {hidden && (
            <Badge tone="none" glyph={EyeSlashIcon}>
              {words("row.hidden")}
            </Badge>
          )}
        </div>
        <p className="text-sm text-muted">{line.join(" · ")}</p>
        <p className="truncate font-mono text-xs text-muted">{address.replace(/^https?:\/\//, "")}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton
          text={address}
          {...copyWords(locale, words("row.copy"))}
          size="sm"
          icon={<Icon glyph={CopyIcon} size={16} />}
        />
        <ButtonLink
          href={address}
          size="sm"
          kind="quiet"
          icon={<Icon glyph={ArrowSquareOutIcon} size={16} />}
        >
          {words("row.view")}
          <span className="sr-only">{title}</span>
        </ButtonLink>
        {children}
      </div>
    </li>
  );
}
