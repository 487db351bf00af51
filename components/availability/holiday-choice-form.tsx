import { use } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { HolidayChoice } from "@/lib/schedules/schema";
import { holidayKinds } from "@/lib/schedules/schema";

interface HolidayChoiceFormProps {
  choice: HolidayChoice | null;
  countries: Readonly<Record<string, string>>;
  regions: Readonly<Record<string, string>>;
  /** The address of the page, without its query. */
  path: string;
}

/** Country, region and kinds: a plain form, whose answer is the list below. */
export function HolidayChoiceForm({ choice, countries, regions, path }: HolidayChoiceFormProps) {
  const words = translator("availability", use(getLocale()));
  const byName = (names: Readonly<Record<string, string>>) =>
    Object.entries(names)
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => a.label.localeCompare(b.label));
  const country = choice?.country ?? "";
  const region = choice?.region ?? "";
  return (
    <form action={path} className="grid gap-4">
      <div className="grid items-end gap-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
        <Field id="country" label={words("holidays.country")}>
          {(control) => (
            <Select
              {...control}
              key={country}
              name="country"
              defaultValue={country}
              options={[{ value: "", label: words("holidays.noCountry") }, ...byName(countries)]}
            />
          )}
        </Field>
        {Object.keys(regions).length > 0 && (
          <Field id="region" label={words("holidays.region")}>
            {(control) => (
              <Select
                {...control}
                key={region}
                name="region"
                defaultValue={region}
                options={[{ value: "", label: words("holidays.wholeCountry") }, ...byName(regions)]}
              />
            )}
          </Field>
        )}
        <Button type="submit">{words("holidays.show")}</Button>
      </div>
      <fieldset>
        <legend className="mb-1.5 text-sm font-semibold">{words("holidays.kinds")}</legend>
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {holidayKinds.map((kind) => (
            <label key={kind} className="flex min-h-6 items-center gap-2">
              <input
                type="checkbox"
                name={`kind.${kind}`}
                defaultChecked={choice ? choice.kinds.includes(kind) : kind === "public"}
                className="size-5 accent-accent"
              />
              {words(`holidays.kind.${kind}`)}
            </label>
          ))}
        </div>
      </fieldset>
    </form>
  );
}
