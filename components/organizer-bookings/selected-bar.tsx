import { use } from "react";
import { Button } from "@/components/ui/button";
import { type SeveralVerb, severalVerbs } from "@/lib/booking/several";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** The form that the boxes in the register belong to, wherever they are. */
export const selectedForm = "selected";

/**
 * What can be done with the ticked bookings: each leads to a page that lists them and asks. It comes with the first tick, by style
 * alone, below the list.
 */
export function SelectedBar({ verbs }: { verbs: ReadonlySet<SeveralVerb> }) {
  const words = translator("bookings", use(getLocale()));
  return (
    <form
      id={selectedForm}
      action="/account/bookings/selected"
      aria-label={words("several.label")}
      className="sticky bottom-15 z-5 hidden flex-wrap items-center gap-3 rounded-lg border border-control bg-raised p-3 shadow-float group-has-[[form]:checked]/several:flex md:bottom-4"
    >
      <p className="text-sm font-semibold">{words("several.label")}</p>
      {severalVerbs
        .filter((verb) => verbs.has(verb))
        .map((verb) => (
          <Button key={verb} type="submit" name="verb" value={verb} size="sm">
            {words(`several.verbs.${verb}`)}
          </Button>
        ))}
    </form>
  );
}
