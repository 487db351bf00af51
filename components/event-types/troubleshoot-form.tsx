import { use } from "react";
import { ZoneOptions } from "@/components/availability/zone-options";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { translator } from "@/lib/i18n/translator";
import { type TroubleshootQuery, writeTroubleshootQuery } from "@/lib/offers/troubleshoot-query";
import { getLocale } from "@/lib/reader/locale";
import { toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";

interface TroubleshootFormProps {
  query: TroubleshootQuery;
  durationsMinutes: readonly number[];
  /** The address of the page, without its query. */
  path: string;
  now: number;
}

/** Which day, which time, as whom. A plain form: its answer has an address. */
export function TroubleshootForm({ query, durationsMinutes, path, now }: TroubleshootFormProps) {
  const words = translator("troubleshoot", use(getLocale()));
  const { date, time, durationMinutes, timeZone } = query;
  const beside = (days: number) =>
    path + writeTroubleshootQuery({ ...query, date: toDate(toDayNumber(date) + days) });
  return (
    <form action={path} className="grid gap-4">
      <div className="grid items-end gap-4 md:grid-cols-2 lg:grid-cols-[11rem_9rem_11rem_minmax(0,1fr)_auto]">
        <Field id="date" label={words("form.date")}>
          {(control) => (
            <Input {...control} key={date} name="date" type="date" required defaultValue={date} />
          )}
        </Field>
        <Field id="time" label={words("form.time")}>
          {(control) => <Input {...control} key={time} name="time" type="time" defaultValue={time ?? ""} />}
        </Field>
        <Field id="duration" label={words("form.duration")}>
          {(control) => (
            <Select
              {...control}
              key={durationMinutes}
              name="duration"
              defaultValue={String(durationMinutes)}
              options={durationsMinutes.map((minutes) => ({
                value: String(minutes),
                label: words("form.minutes", { minutes }),
              }))}
            />
          )}
        </Field>
        <Field id="tz" label={words("form.zone")}>
          {(control) => (
            <Select {...control} key={timeZone} name="tz" defaultValue={timeZone}>
              <ZoneOptions present={timeZone} at={now} />
            </Select>
          )}
        </Field>
        <Button type="submit" kind="primary">
          {words("form.look")}
        </Button>
      </div>
      <nav aria-label={words("form.others")} className="flex flex-wrap gap-3">
        <ButtonLink href={beside(-1)} size="sm">
          {words("form.previous")}
        </ButtonLink>
        <ButtonLink href={beside(1)} size="sm">
          {words("form.next")}
        </ButtonLink>
      </nav>
    </form>
  );
}
