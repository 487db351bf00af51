import { MagnifyingGlassIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export interface RegisterFilterValues {
  q?: string | undefined;
  eventType?: string | undefined;
  meeting?: string | undefined;
  status?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

interface RegisterFilterProps {
  /** The page's own path. */
  action: string;
  /** What stays as it is. */
  fields: Readonly<Record<string, string>>;
  eventTypes: readonly { id: string; title: string }[];
  values: RegisterFilterValues;
  /** The same register without any of this; null where nothing is narrowed down. */
  clearHref: string | null;
}

const meetings = ["verified", "missing", "elsewhere"] as const;
const statuses = ["pending", "confirmed", "cancelled", "declined", "no_show"] as const;

/** Searches the register and narrows it down: a plain form whose answer has an address of its own. */
export function RegisterFilter({ action, fields, eventTypes, values, clearHref }: RegisterFilterProps) {
  const words = translator("bookings", use(getLocale()));
  const { q, ...rest } = values;
  const isNarrowed = Object.values(rest).some(Boolean);
  return (
    <search>
      <form action={action} className="grid gap-3">
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="flex flex-wrap items-center gap-2">
          <Input
            type="search"
            name="q"
            aria-label={words("filter.search")}
            placeholder={words("filter.searchHint")}
            defaultValue={q}
            maxLength={200}
            autoComplete="off"
            className="min-w-0 grow basis-56"
          />
          <Button type="submit" icon={<Icon glyph={MagnifyingGlassIcon} />}>
            {words("filter.apply")}
          </Button>
          {clearHref && (
            <ButtonLink kind="quiet" href={clearHref}>
              {words("filter.clear")}
            </ButtonLink>
          )}
        </div>
        <details open={isNarrowed || undefined}>
          <summary className="inline-flex min-h-11 w-fit items-center font-semibold text-accent hover:text-accent-strong">
            {words("filter.more")}
          </summary>
          <Narrowing values={values} eventTypes={eventTypes} />
        </details>
      </form>
    </search>
  );
}

function Narrowing({ values, eventTypes }: Pick<RegisterFilterProps, "values" | "eventTypes">) {
  const words = translator("bookings", use(getLocale()));
  return (
    <div className="mt-2 grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      <Choice
        name="eventType"
        label={words("filter.eventType")}
        value={values.eventType}
        options={[
          { value: "", label: words("filter.allEventTypes") },
          ...eventTypes.map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
      <Choice
        name="status"
        label={words("filter.status")}
        value={values.status}
        options={[
          { value: "", label: words("filter.anyStatus") },
          ...statuses.map((value) => ({ value, label: words(`filter.statuses.${value}`) })),
        ]}
      />
      <Choice
        name="meeting"
        label={words("filter.meeting")}
        value={values.meeting}
        options={[
          { value: "", label: words("filter.anyMeeting") },
          ...meetings.map((value) => ({ value, label: words(`filter.${value}`) })),
        ]}
      />
      {(["from", "to"] as const).map((name) => (
        <Field key={name} id={`filter-${name}`} label={words(`filter.${name}`)}>
          {(control) => <Input {...control} type="date" name={name} defaultValue={values[name]} />}
        </Field>
      ))}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
}

function Choice({ name, label, value, options }: ChoiceProps) {
  return (
    <Field id={`filter-${name}`} label={label}>
      {(control) => <Select {...control} name={name} defaultValue={value ?? ""} options={options} />}
    </Field>
  );
}
