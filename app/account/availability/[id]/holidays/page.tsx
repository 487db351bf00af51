import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { use } from "react";
import { saveHolidays } from "@/app/account/availability/[id]/holidays/actions";
import { readParameters, type SearchParameters } from "@/app/search-parameters";
import { HolidayChoiceForm } from "@/components/availability/holiday-choice-form";
import { HolidaysForm } from "@/components/availability/holidays-form";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireOrganizer } from "@/lib/auth/guards";
import { longDayName } from "@/lib/format/spoken-time";
import { languageOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { type Holiday, listCountries, listHolidays, listRegions } from "@/lib/schedules/holidays";
import { chosenHolidays } from "@/lib/schedules/holidays-form";
import { getSchedule } from "@/lib/schedules/queries";
import type { HolidayChoice } from "@/lib/schedules/schema";
import { localDateOf } from "@/lib/slot-engine/zone";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("availability", await getLocale());
  return { title: words("holidays.title") };
}

interface HolidaysPageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParameters;
}

export default async function HolidaysPage({ params, searchParams }: HolidaysPageProps) {
  const words = translator("availability", await getLocale());
  const { id } = await params;
  const path = `/account/availability/${id}/holidays`;
  const organizer = await requireOrganizer(path);
  const schedule = (await getSchedule(organizer.scope, id)) ?? notFound();
  const asked = chosenHolidays(await readParameters(searchParams), schedule.holidays);
  const countries = await listCountries();
  const choice = asked && Object.hasOwn(countries, asked.country) ? asked : null;
  const today = localDateOf(Date.now(), schedule.timeZone);
  return (
    <>
      <PageHead
        title={words("holidays.title")}
        lead={words("holidays.lead")}
        back={{ href: `/account/availability/${id}`, label: schedule.name }}
      />
      <div className="mb-8">
        <HolidayChoiceForm
          choice={choice}
          countries={countries}
          regions={choice ? await listRegions(choice.country) : {}}
          path={path}
        />
      </div>
      <HolidaysForm
        action={saveHolidays.bind(null, id)}
        words={languageOf(await getLocale()).messages.availability.form}
        discardHref={`/account/availability/${id}`}
      >
        {choice ? (
          <ChosenHolidays choice={choice} days={await listComing(choice, today)} />
        ) : (
          <p className="text-muted">{words("holidays.noneChosen")}</p>
        )}
      </HolidaysForm>
    </>
  );
}

/** The next date of each holiday, in the order of the coming year. */
async function listComing(choice: HolidayChoice, today: string): Promise<Holiday[]> {
  const year = Number(today.slice(0, 4));
  const seen = new Set<string>();
  return (await listHolidays(choice, { from: year, through: year + 1 })).filter(({ id, date }) => {
    if (date < today || seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

function ChosenHolidays({ choice, days }: { choice: HolidayChoice; days: readonly Holiday[] }) {
  const locale = use(getLocale());
  const words = translator("availability", locale);
  const { country, region, language, kinds, keepOpen } = choice;
  return (
    <section aria-labelledby="closed-holidays" className="grid gap-3">
      <h2 id="closed-holidays">{words("holidays.listTitle")}</h2>
      <p className="text-sm text-muted">{words("holidays.listHint")}</p>
      <input type="hidden" name="country" value={country} />
      {region && <input type="hidden" name="region" value={region} />}
      {language && <input type="hidden" name="language" value={language} />}
      {kinds.map((kind) => (
        <input key={kind} type="hidden" name={`kind.${kind}`} value="on" />
      ))}
      <Panel bare>
        <ul className="divide-y divide-hairline">
          {days.map(({ id, date, name }) => (
            <li key={id}>
              <input type="hidden" name={`listed.${id}`} value="on" />
              <label className="flex min-h-12 items-center gap-3 px-4 py-2 md:px-6">
                <input
                  type="checkbox"
                  name={`closed.${id}`}
                  defaultChecked={!keepOpen.includes(id)}
                  className="size-5 shrink-0 accent-accent"
                />
                <span className="grid grow gap-x-4 md:grid-cols-2">
                  <span className="font-semibold">{name}</span>
                  <span className="text-muted">{longDayName(date, locale)}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      </Panel>
    </section>
  );
}
