import { use } from "react";
import { CalendarsForm } from "@/components/calendars/calendars-form";
import { ReadingState } from "@/components/calendars/reading-state";
import { type Clockwork, formatMoment } from "@/components/connections/moment";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceList } from "@/components/ui/choice-list";
import { Field, FieldGroup } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import type { FormState } from "@/lib/auth/form-state";
import { type CalendarOverview, offeredStaleMinutes, statuses } from "@/lib/calendars/choices";
import type { ReadingPace } from "@/lib/calendars/reading-pace";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface CalendarsPanelProps {
  overview: CalendarOverview;
  pace: ReadingPace;
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  clockwork: Clockwork;
}

/** The calendars of a connected account: how fresh Bellhop's knowledge of them is, and what the organizer chose. */
export function CalendarsPanel({ overview, pace, action, clockwork }: CalendarsPanelProps) {
  const words = translator("calendars", use(getLocale()));
  return (
    <Panel aria-labelledby="calendars" className="grid content-start gap-6">
      <div className="grid gap-1">
        <h2 id="calendars" className="text-lg">
          {words("title")}
        </h2>
        <p className="text-muted">{words("lead")}</p>
      </div>
      <ReadingState overview={overview} pace={pace} clockwork={clockwork} />
      {overview.isListed && (
        <CalendarsForm action={action} words={{ save: words("save"), saving: words("saving") }}>
          <Blocking overview={overview} clockwork={clockwork} />
          <Target overview={overview} />
          <Statuses overview={overview} />
          <Freshness overview={overview} />
          <Outage overview={overview} />
        </CalendarsForm>
      )}
    </Panel>
  );
}

type PartProps = Pick<CalendarsPanelProps, "overview">;
type Calendar = CalendarOverview["calendars"][number];

function Blocking({ overview, clockwork }: PartProps & Pick<CalendarsPanelProps, "clockwork">) {
  const locale = use(getLocale());
  const words = translator("calendars", locale);
  const { calendars } = overview;
  return (
    <FieldGroup id="blocking" legend={words("blocking")} hint={words("blockingHint")}>
      {calendars.length === 0 && <p>{words("none")}</p>}
      <div className="grid gap-3">
        {calendars.map((calendar) => (
          <Checkbox
            key={calendar.id}
            id={`blocks-${calendar.id}`}
            name="blocks"
            value={calendar.id}
            defaultChecked={calendar.blocks}
            label={nameOf(calendar, locale)}
            hint={
              calendar.blocks &&
              (calendar.syncedAt
                ? words("readAt", { moment: formatMoment(calendar.syncedAt, clockwork, locale) })
                : words("notRead"))
            }
          />
        ))}
      </div>
    </FieldGroup>
  );
}

function nameOf({ name, isDefault, canEdit, ownerAddress: address }: Calendar, locale: Locale): string {
  const words = translator("calendars", locale);
  if (address !== null) return words(canEdit ? "sharedName" : "sharedNameRead", { name, address });
  if (isDefault) return name ? words("own", { name }) : words("ownUnnamed");
  return canEdit ? name : words("onlyRead", { name });
}

function Target({ overview: { calendars, targetId } }: PartProps) {
  const locale = use(getLocale());
  const words = translator("calendars", locale);
  const hasShared = calendars.some(({ ownerAddress, canEdit }) => ownerAddress !== null && canEdit);
  const canAnyMeet = calendars.some(({ hasMeetings }) => hasMeetings);
  const options = calendars
    .filter(({ canEdit }) => canEdit)
    .map((calendar) => ({
      value: calendar.id,
      label:
        canAnyMeet && !calendar.hasMeetings
          ? words("targetWithoutTeams", { name: calendar.name })
          : nameOf(calendar, locale),
    }));
  return (
    <Field
      id="target"
      label={words("target")}
      hint={hasShared ? `${words("targetHint")} ${words("targetShared")}` : words("targetHint")}
    >
      {(control) => (
        <Select
          {...control}
          key={targetId}
          name="target"
          defaultValue={targetId ?? "none"}
          options={[...options, { value: "none", label: words("targetNone") }]}
        />
      )}
    </Field>
  );
}

function Statuses({ overview: { blockingStatuses } }: PartProps) {
  const words = translator("calendars", use(getLocale()));
  return (
    <FieldGroup id="statuses" legend={words("statuses")} hint={words("statusesHint")}>
      <div className="grid gap-3 sm:grid-cols-2">
        {statuses.map((status) => (
          <Checkbox
            key={status}
            id={`status-${status}`}
            name="status"
            value={status}
            defaultChecked={blockingStatuses.includes(status)}
            label={words(`status.${status}`)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

function Freshness({ overview: { staleAfterMinutes } }: PartProps) {
  const words = translator("calendars", use(getLocale()));
  const choices = [...new Set([...offeredStaleMinutes, staleAfterMinutes])].sort((a, b) => a - b);
  return (
    <Field id="stale" label={words("stale")} hint={words("staleHint")}>
      {(control) => (
        <Select
          {...control}
          key={staleAfterMinutes}
          name="staleAfterMinutes"
          defaultValue={String(staleAfterMinutes)}
          className="max-w-[14rem]"
          options={choices.map((minutes) => ({
            value: String(minutes),
            label:
              minutes % 60 === 0
                ? words("staleHours", { hours: minutes / 60 })
                : words("staleChoice", { minutes }),
          }))}
        />
      )}
    </Field>
  );
}

function Outage({ overview: { whenUnreachable } }: PartProps) {
  const words = translator("calendars", use(getLocale()));
  const choice = (value: "refuse" | "accept_fresh") => ({
    value,
    label: words(`outageChoice.${value}`),
    hint: words(`outageChoice.${value}Hint`),
  });
  return (
    <FieldGroup id="outage" legend={words("outage")}>
      <ChoiceList
        name="whenUnreachable"
        defaultValue={whenUnreachable}
        choices={[choice("refuse"), choice("accept_fresh")]}
      />
    </FieldGroup>
  );
}
