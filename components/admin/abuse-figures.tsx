import { ChatTextIcon, EnvelopeSimpleIcon, ShieldCheckIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { type Fact, FactList } from "@/components/ui/fact-list";
import { Panel } from "@/components/ui/panel";
import type { KeptAway } from "@/lib/booking/kept-away";
import { type Translator, translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface AbuseFiguresProps {
  /** How many bookings wait for their visitors. */
  held: number;
  keptAway: KeptAway;
  /** Texts in 24 hours, and how many there may be; null: this server sends none. */
  texts: { sent: number; limit: number } | null;
}

/** What is held back and was kept away, of all organizers. */
export function AbuseFigures({ held, keptAway, texts }: AbuseFiguresProps) {
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
          ...(texts ? [factOf(texts, words)] : []),
        ]}
      />
    </Panel>
  );
}

function factOf({ sent, limit }: { sent: number; limit: number }, words: Translator<"blocks">): Fact {
  const isStopped = sent >= limit;
  return {
    glyph: ChatTextIcon,
    ...(isStopped ? { tone: "danger" } : {}),
    text: words("figures.texts", { sent, limit }),
    ...(isStopped ? { detail: words("figures.textsStopped") } : {}),
  };
}
