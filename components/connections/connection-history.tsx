import { CheckCircleIcon, CircleHalfIcon, PlugsIcon, ProhibitIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { type Clockwork, formatMoment } from "@/components/connections/moment";
import { type Fact, FactList } from "@/components/ui/fact-list";
import { Panel } from "@/components/ui/panel";
import { endReasonOf, lackOf } from "@/lib/connections/reasons";
import { placeOf } from "@/lib/format/places";
import type { StateChange } from "@/lib/grants/health";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const looks = {
  connected: { tone: "success", glyph: CheckCircleIcon },
  limited: { tone: "warning", glyph: CircleHalfIcon },
  reconnect_needed: { tone: "danger", glyph: PlugsIcon },
  disconnected: { tone: "none", glyph: ProhibitIcon },
} as const satisfies Record<string, Pick<Fact, "tone" | "glyph">>;

type Kind = keyof typeof looks;

const kinds: readonly Kind[] = ["connected", "limited", "reconnect_needed", "disconnected"];

/** How the connection has stood, the newest first. */
export function ConnectionHistory({
  changes,
  clockwork,
  isOwn = true,
}: {
  changes: readonly StateChange[];
  clockwork: Clockwork;
  /** False where an admin looks at someone's. */
  isOwn?: boolean;
}) {
  const locale = use(getLocale());
  const words = translator("connections", locale);
  return (
    <Panel aria-labelledby="connection-history" className="grid content-start gap-4">
      <div>
        <h2 id="connection-history" className="text-lg">
          {words("history.title")}
        </h2>
        <p className="text-sm text-muted">
          {changes.length > 0
            ? words("history.zone", { place: placeOf(clockwork.timeZone, locale) })
            : words("history.empty")}
        </p>
      </div>
      {changes.length > 0 && (
        <FactList facts={changes.map((change) => toFact(change, clockwork, isOwn, locale))} />
      )}
    </Panel>
  );
}

function toFact(
  { state, reason, at }: StateChange,
  clockwork: Clockwork,
  isOwn: boolean,
  locale: Locale,
): Fact {
  const words = translator("connections", locale);
  const kind = kinds.find((one) => one === state) ?? "connected";
  const why = whyOf(kind, reason, isOwn, locale);
  return {
    ...looks[kind],
    text: (
      <>
        <span className="font-semibold">{words(`history.${kind}`)}</span>
        {" · "}
        <time className="text-muted" dateTime={at.toISOString()}>
          {formatMoment(at, clockwork, locale)}
        </time>
      </>
    ),
    ...(why ? { detail: why } : {}),
  };
}

function whyOf(kind: Kind, reason: string | null, isOwn: boolean, locale: Locale): string | null {
  const words = translator("connections", locale);
  if (kind === "limited") return words(`limited.${lackOf(reason)}.title`);
  if (kind === "reconnect_needed") return words(`ended.${endReasonOf(reason)}`);
  return kind === "disconnected" ? words(isOwn ? "history.byYou" : "history.byThem") : null;
}
