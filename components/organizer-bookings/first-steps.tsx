import { CheckIcon } from "@phosphor-icons/react/ssr";
import { type ReactNode, use } from "react";
import { OpeningHoursList } from "@/components/organizer-bookings/opening-hours-list";
import { ButtonLink } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import type { ConnectionView } from "@/lib/connections/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { Schedule } from "@/lib/schedules/schema";

interface FirstStepsProps {
  connection: ConnectionView | null;
  /** Whether a Microsoft account can be connected here. */
  setup: "ready" | "not_configured" | "hidden";
  schedule: Schedule | undefined;
  today: string;
  publicUrl: string;
  /** The button that copies the address. */
  copy: ReactNode;
}

/** What lies between a new account and its first booking, each step with what is true of it now. */
export function FirstSteps({ connection, setup, schedule, today, publicUrl, copy }: FirstStepsProps) {
  const words = translator("bookings", use(getLocale()));
  const isConnected = isWorking(connection);
  const shown = publicUrl.replace(/^https?:\/\//, "");
  return (
    <section aria-labelledby="first-steps" className="grid content-start">
      <h2 id="first-steps">{words("empty.none.title")}</h2>
      <p className="mt-1 text-muted">{words("firstSteps.lead")}</p>
      <ol className="mt-4 divide-y divide-hairline border-y border-hairline">
        {setup !== "hidden" && <ConnectStep connection={connection} isReady={setup === "ready"} />}
        <Step
          number={setup === "hidden" ? 1 : 2}
          state="next"
          name={words("hours.title")}
          action={<ButtonLink href="/account/availability">{words("hours.change")}</ButtonLink>}
        >
          {schedule && (
            <div className="max-w-80">
              <OpeningHoursList schedule={schedule} today={today} />
            </div>
          )}
        </Step>
        <Step
          number={setup === "hidden" ? 2 : 3}
          state={setup === "ready" && !isConnected ? "next" : "current"}
          name={words("firstSteps.share")}
          action={copy}
        >
          <a href={publicUrl} className="font-mono break-all">
            {shown}
          </a>
          <span className="mt-1 block">{words("firstSteps.shareText")}</span>
        </Step>
      </ol>
    </section>
  );
}

type Connection = FirstStepsProps["connection"];

const isWorking = (connection: Connection): connection is NonNullable<Connection> =>
  connection !== null && connection.state !== "reconnect_needed";

function ConnectStep({ connection, isReady }: { connection: Connection; isReady: boolean }) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  return (
    <Step
      number={1}
      state={isWorking(connection) ? "done" : isReady ? "current" : "next"}
      name={words("firstSteps.connect")}
      action={
        isReady &&
        !connection && (
          <ButtonLink kind="primary" href="/account/integrations?returnTo=/account/bookings">
            {words("banner.notConnectedAction")}
          </ButtonLink>
        )
      }
    >
      {isWorking(connection)
        ? translator("connections", locale)("connectedAs", { email: connection.accountEmail })
        : words(connectText(connection, isReady))}
    </Step>
  );
}

function connectText(connection: Connection, isReady: boolean) {
  if (connection) return connection.works ? "firstSteps.reconnectLater" : "firstSteps.reconnect";
  return isReady ? "firstSteps.connectText" : "firstSteps.connectLater";
}

interface StepProps {
  number: number;
  state: "done" | "current" | "next";
  name: string;
  action: ReactNode;
  children: ReactNode;
}

const dots: Record<StepProps["state"], string> = {
  done: "border-transparent bg-success-tint text-success",
  current: "border-transparent bg-accent text-accent-ink",
  next: "border-control text-muted",
};

function Step({ number, state, name, action, children }: StepProps) {
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-4 gap-y-3 py-5 sm:grid-cols-[1.75rem_minmax(0,1fr)_auto] sm:items-center">
      <span
        aria-hidden="true"
        className={classNames(
          "grid size-7 place-items-center self-start rounded-full border text-sm font-strong",
          dots[state],
        )}
      >
        {state === "done" ? <Icon glyph={CheckIcon} weight="bold" size={16} /> : number}
      </span>
      <div className="min-w-0">
        <h3 className="text-md leading-7 tracking-normal">
          {name}
          {state === "done" && (
            <span className="sr-only">, {translator("bookings", use(getLocale()))("firstSteps.done")}</span>
          )}
        </h3>
        <div className="max-w-[52ch] text-sm text-muted">{children}</div>
      </div>
      {action && <div className="col-start-2 sm:col-start-3">{action}</div>}
    </li>
  );
}
