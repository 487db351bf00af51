import { use } from "react";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { Suspicion } from "@/lib/shield/score";

/** Why a booking is held back; nothing where all visitors are asked. */
export function Suspicions({ codes }: { codes: readonly Suspicion[] }) {
  if (codes.length === 0) return null;
  const words = translator("bookings", use(getLocale()));
  return (
    <ul aria-label={words("unconfirmed.reasonsLabel")} className="my-1 grid list-disc gap-0.5 ps-5 text-sm">
      {codes.map((code) => (
        <li key={code}>{words(`unconfirmed.reasons.${code}`)}</li>
      ))}
    </ul>
  );
}
