import { use } from "react";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { switchPath } from "@/lib/connections/connect-return";
import type { ConnectionView } from "@/lib/connections/queries";
import type { ParkedSwitch } from "@/lib/connections/switch-account";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface WaitingSwitchProps {
  waiting: ParkedSwitch | "run_out" | "ended" | null;
  connection: ConnectionView | null;
}

/** A sign-in with another account that its organizer has left before they chose; nothing where there is none. */
export function WaitingSwitch({ waiting, connection }: WaitingSwitchProps) {
  const words = translator("connections", use(getLocale()));
  if (waiting === "run_out") {
    return (
      <div className="mb-6">
        <Banner tone="calm" title={words("switch.runOutTitle")}>
          {words("switch.runOutText")}
        </Banner>
      </div>
    );
  }
  if (waiting === null || waiting === "ended" || !connection) return null;
  const from = waiting.from.email || words("former.unknown");
  const to = waiting.to.email || words("former.unknown");
  return (
    <div className="mb-6">
      <Banner
        tone="warning"
        title={words("switch.waitingTitle", { to })}
        action={<ButtonLink href={switchPath}>{words("switch.waitingAction")}</ButtonLink>}
      >
        {words("switch.waitingText", { from, count: waiting.bookings })}
      </Banner>
    </div>
  );
}
