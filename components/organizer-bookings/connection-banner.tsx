import { PlugsIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import type { Organizer } from "@/lib/auth/guards";
import { readClock } from "@/lib/booking-page/visitor";
import type { ConnectionView } from "@/lib/connections/queries";
import { endReasonOf, lackOf } from "@/lib/connections/reasons";
import { type Clock, clockTime, dayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface ConnectionBannerProps {
  connection: ConnectionView | null;
  setup: "ready" | "not_configured" | "hidden";
  /** Some event type of theirs takes place in Teams. */
  needsTeams: boolean;
  /** Confirmed bookings that wait for their link. */
  waiting: number;
  /** When the connection was found broken; null where that is not known. */
  since: Date | null;
  role: Organizer["role"];
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
}

const bookings = "/account/bookings";
const integrations = "/account/integrations";

/** What the organizer's connection means for their bookings, while it needs something; nothing otherwise. */
export function ConnectionBanner(props: ConnectionBannerProps) {
  const { connection, setup, needsTeams, waiting } = props;
  const words = translator("bookings", use(getLocale()));
  if (setup === "hidden" || (!needsTeams && waiting === 0)) return null;
  if (setup === "not_configured") return <NotConfigured role={props.role} />;
  if (!connection) {
    return (
      <Banner
        tone="warning"
        glyph={PlugsIcon}
        title={words("banner.notConnected")}
        action={
          <Action href={`${integrations}?returnTo=${bookings}`} label={words("banner.notConnectedAction")} />
        }
      >
        {words("banner.notConnectedText", { waiting })}
      </Banner>
    );
  }
  if (connection.state === "reconnect_needed") return <Reconnect {...props} connection={connection} />;
  if (connection.state === "limited") return <Limited reason={connection.reason} waiting={waiting} />;
  return null;
}

async function Reconnect(props: ConnectionBannerProps & { connection: ConnectionView }) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const href = `/api/teams/connect?returnTo=${encodeURIComponent(bookings)}`;
  return (
    <Banner
      tone="danger"
      glyph={PlugsIcon}
      title={words("banner.reconnect")}
      action={<Action href={href} label={words("banner.reconnectAction")} />}
    >
      {reconnectText(props, await readClock(), locale)}
    </Banner>
  );
}

function reconnectText(
  props: ConnectionBannerProps & { connection: ConnectionView },
  clock: Clock,
  locale: Locale,
): string {
  const { connection, since, waiting, timeZone, now } = props;
  const connections = translator("connections", locale);
  const reason = connections(`ended.${endReasonOf(connection.reason)}`);
  if (connection.works) {
    const sentences = { first: reason, second: connections("laterScopes.effect") };
    return translator("common", locale)("sentences", sentences);
  }
  const noticed = since ?? connection.updatedAt;
  const date = localDateOf(noticed.getTime(), timeZone);
  return translator("bookings", locale)("banner.reconnectText", {
    reason,
    today: String(date === localDateOf(now, timeZone)),
    day: dayName(date, locale),
    time: clockTime(noticed.getTime(), timeZone, clock, locale),
    waiting,
  });
}

function Limited({ reason, waiting }: { reason: string | null; waiting: number }) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  return (
    <Banner
      tone="warning"
      title={translator("connections", locale)(`limited.${lackOf(reason)}.title`)}
      action={<Action href={integrations} label={words("banner.limitedAction")} kind="second" />}
    >
      {words("banner.limitedText", { waiting })}
    </Banner>
  );
}

function NotConfigured({ role }: { role: Organizer["role"] }) {
  const words = translator("bookings", use(getLocale()));
  return (
    <Banner
      tone="warning"
      title={words("banner.notConfigured")}
      action={
        role === "admin" ? <Action href="/admin" label={words("banner.notConfiguredAction")} /> : undefined
      }
    >
      {words("banner.notConfiguredText", { role })}
    </Banner>
  );
}

function Action({
  href,
  label,
  kind = "primary",
}: {
  href: string;
  label: string;
  kind?: "primary" | "second";
}) {
  return (
    <ButtonLink kind={kind} href={href}>
      {label}
    </ButtonLink>
  );
}
