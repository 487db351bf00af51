import { use } from "react";
import { AccountForm } from "@/components/accounts/account-form";
import { describeSpan } from "@/components/calendars/pace-words";
import { type Clockwork, formatMoment } from "@/components/connections/moment";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import type { FormAction } from "@/components/ui/post-form";
import { RowButton } from "@/components/ui/row-button";
import type { FormState } from "@/lib/auth/form-state";
import type { sharedOf } from "@/lib/calendars/choices";
import type { ReadingPace } from "@/lib/calendars/reading-pace";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { allowHref } from "@/lib/registration/optional-scopes";

type SharedCalendar = ReturnType<typeof sharedOf>[number];

interface SharedCalendarsProps {
  calendars: readonly SharedCalendar[];
  pace: ReadingPace;
  /** Whether the organizer has allowed it at Microsoft. */
  isAllowed: boolean;
  canSignIn: boolean;
  clockwork: Clockwork;
  actions: { add: (state: FormState, formData: FormData) => Promise<FormState>; remove: FormAction };
}

const path = "/account/integrations";

/** The calendars of others: what they can't do, which there are, and how one is added. */
export function SharedCalendars({ calendars, pace, canSignIn, actions, ...rest }: SharedCalendarsProps) {
  const locale = use(getLocale());
  const words = translator("calendars", locale);
  const spans = {
    fastest: describeSpan(pace.fastestSeconds, locale),
    slowest: describeSpan(pace.slowestSeconds, locale),
  };
  return (
    <Panel id="shared" aria-labelledby="shared-calendars" className="grid content-start gap-5">
      <div className="grid gap-1">
        <h2 id="shared-calendars" className="text-lg">
          {words("shared.title")}
        </h2>
        <p className="text-muted">{words("shared.lead")}</p>
      </div>
      {calendars.length > 0 && (
        <div className="grid gap-2">
          <ul className="grid gap-3">
            {calendars.map((calendar) => (
              <Row key={calendar.id} calendar={calendar} remove={actions.remove} {...rest} />
            ))}
          </ul>
          <p className="text-sm text-muted">{words("shared.removeHint")}</p>
        </div>
      )}
      <div className="grid gap-1">
        <h3 className="font-strong">{words("shared.limits")}</h3>
        <ul className="grid list-disc gap-1 ps-5 text-sm text-muted">
          <li>{words("shared.limit.reading", spans)}</li>
          <li>{words("shared.limit.rights")}</li>
          <li>{words("shared.limit.teams")}</li>
          <li>{words("shared.limit.license")}</li>
          <li>{words("shared.limit.own")}</li>
        </ul>
      </div>
      {rest.isAllowed ? (
        <AccountForm
          action={actions.add}
          fields={[{ name: "address", type: "email", label: words("shared.address"), autoComplete: "off" }]}
          submit={{ label: words("shared.add"), workingLabel: words("shared.adding"), kind: "second" }}
        />
      ) : (
        canSignIn && <Permission />
      )}
    </Panel>
  );
}

function Permission() {
  const words = translator("calendars", use(getLocale()));
  return (
    <div className="grid justify-items-start gap-2">
      <p className="text-sm">{words("shared.notAllowed")}</p>
      <ButtonLink size="sm" href={allowHref("shared", path)}>
        {words("shared.allow")}
      </ButtonLink>
    </div>
  );
}

interface RowProps extends Pick<SharedCalendarsProps, "isAllowed" | "clockwork"> {
  calendar: SharedCalendar;
  remove: FormAction;
}

function Row({ calendar, remove, isAllowed, clockwork }: RowProps) {
  const locale = use(getLocale());
  const words = translator("calendars", locale);
  const { id, name, ownerAddress, isAdded, blocks, isTarget, syncedAt, problem } = calendar;
  const uses = [
    ...(isTarget ? [words("shared.state.target")] : []),
    ...(blocks ? [words("shared.state.blocks")] : []),
    ...(isTarget || blocks ? [] : [words("shared.state.unused")]),
  ];
  const read = syncedAt
    ? words("readAt", { moment: formatMoment(syncedAt, clockwork, locale) })
    : words("notRead");
  return (
    <li className="grid gap-2 border-t border-hairline pt-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-strong wrap-anywhere">{name}</p>
          <p className="text-sm break-all text-muted">{ownerAddress}</p>
          <p className="text-sm text-muted">{uses.join(" · ")}</p>
          {(blocks || isTarget) && <p className="text-sm text-muted">{read}</p>}
        </div>
        {isAdded && (
          <RowButton
            action={remove}
            id={id}
            label={words("shared.removeName", { name })}
            workingLabel={words("shared.removing")}
          >
            {words("shared.remove")}
          </RowButton>
        )}
      </div>
      {problem === "access_denied" && (
        <Note tone="danger" title={words(isAllowed ? "shared.lost" : "shared.lostPermission")}>
          {isTarget && <p>{words("shared.lostTarget")}</p>}
        </Note>
      )}
    </li>
  );
}
