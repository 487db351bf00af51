import { ConfettiIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Part } from "@/components/editor/fields";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface HolidaySummaryProps {
  scheduleId: string;
  /** Closed holidays to come, in order. */
  coming: readonly [date: string, name: string][];
}

/** Which holidays are closed, and the way to choose them. */
export function HolidaySummary({ scheduleId, coming }: HolidaySummaryProps) {
  const locale = use(getLocale());
  const words = translator("availability", locale);
  const [next] = coming;
  return (
    <Part id="holidays" title={words("holidays.title")}>
      <p className="-mt-3 text-sm text-muted">
        {next
          ? words("holidays.next", { day: longDayName(next[0], locale), name: next[1], count: coming.length })
          : words("holidays.none")}
      </p>
      <div>
        <ButtonLink
          href={`/account/availability/${scheduleId}/holidays`}
          icon={<Icon glyph={ConfettiIcon} />}
        >
          {words("holidays.choose")}
        </ButtonLink>
      </div>
    </Part>
  );
}
