import { EnvelopeSimpleIcon, ShieldCheckIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { FactList } from "@/components/ui/fact-list";
import { Panel } from "@/components/ui/panel";
import type { KeptAway } from "@/lib/booking/kept-away";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface AbuseFiguresProps {
  /** How many bookings wait for their visitors. */
  held: number;
  keptAway: KeptAway;
}

/** What is held back and was kept away, of all organizers. */
export function AbuseFigures({ held, keptAway }: AbuseFiguresProps) {
  const words = translator("blocks", use(getLocale()));
  return (
    <Panel aria-labelledby="figures" className="grid gap-4">
      <h2 id="figures">{words("figures.title")}</h2>
      <FactList
        facts={[
          { glyph: EnvelopeSimpleIcon, text: words("figures.held", { count: held }) },
          {
            glyph: ShieldCheckIcon,
            text: words("figures.thisMonth", { count: keptAway.thisMonth }),
            detail: words("figures.inAll", { count: keptAway.inAll }),
          },
        ]}
      />
    </Panel>
  );
}
