import type { Metadata } from "next";
import { chooseSwitch } from "@/app/account/integrations/actions";
import { readParkedCookie } from "@/app/account/integrations/parked-cookie";
import { SwitchForm } from "@/components/connections/switch-form";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireOrganizer } from "@/lib/auth/guards";
import { readClock } from "@/lib/booking-page/visitor";
import { integrationsPath, switchPath } from "@/lib/connections/connect-return";
import { readSwitch } from "@/lib/connections/switch-account";
import { clockTime } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("connections", await getLocale());
  return { title: words("switch.title") };
}

/** What becomes of the bookings in one account's calendar when another one is connected. */
export default async function SwitchPage() {
  const words = translator("connections", await getLocale());
  const organizer = await requireOrganizer(switchPath);
  const [waiting, timeZone] = await Promise.all([
    readSwitch(organizer.scope, await readParkedCookie()),
    getOwnTimeZone(organizer.scope),
  ]);
  const back = { href: integrationsPath, label: words("switch.back") };
  if (waiting === null || typeof waiting === "string") {
    return (
      <>
        <PageHead title={words("switch.title")} back={back} />
        <div className="grid max-w-[40rem] justify-items-start gap-4">
          <Note tone="calm" title={words("switch.endedTitle")}>
            {words("switch.endedText")}
          </Note>
          <ButtonLink href={integrationsPath}>{words("switch.back")}</ButtonLink>
        </div>
      </>
    );
  }
  const from = waiting.from.email || words("former.unknown");
  const to = waiting.to.email || words("former.unknown");
  const time = clockTime(waiting.expiresAt.getTime(), timeZone, await readClock(), await getLocale());
  return (
    <>
      <PageHead title={words("switch.title")} lead={words("switch.lead", { from, to })} back={back} />
      <Panel className="grid max-w-[44rem] gap-5">
        <SwitchForm waiting={waiting} from={from} to={to} action={chooseSwitch} />
        <p className="text-sm text-muted">{words("switch.until", { time })}</p>
      </Panel>
    </>
  );
}
