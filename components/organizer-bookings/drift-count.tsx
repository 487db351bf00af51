import { use } from "react";
import { Note } from "@/components/ui/note";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** Says that changes in the calendar wait for the organizer, and leads there; nothing while none do. */
export function DriftCount({ count }: { count: number }) {
  if (count === 0) return null;
  const words = translator("bookings", use(getLocale()));
  return (
    <Note tone="warning" title={words("drift.banner", { count })}>
      <p>
        {words("drift.bannerText")}{" "}
        <a href="/account/bookings/drift">{words("drift.bannerAction", { count })}</a>
      </p>
    </Note>
  );
}
