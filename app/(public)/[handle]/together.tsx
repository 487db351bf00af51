import { CaretRightIcon } from "@phosphor-icons/react/ssr";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { NoticePage } from "@/components/layout/notice-page";
import { PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import { Seal } from "@/components/ui/seal";
import { readPickerQuery, type SearchParams, writePickerQuery } from "@/lib/booking-page/picker-query";
import { allOf } from "@/lib/format/lists";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { findTogether, type NotTogether, togetherMax, writeTogether } from "@/lib/teams/ad-hoc";

/** By the handles as one text, so that a page asks once. */
export const getTogether = cache(async (handles: string) => findTogether(handles.split("+")));

/** Lengths that several people offer together. With one alone there is nothing to choose. */
export async function TogetherPage({ handles, query }: { handles: string[]; query: SearchParams }) {
  const locale = await getLocale();
  const words = translator("booking", locale);
  const found = await getTogether(handles.join("+"));
  if (!found.ok) return <TogetherRefused refusal={found.error} />;
  const { people, lengths, team } = found.value;
  const asked = writePickerQuery(readPickerQuery(query));
  const base = `/${writeTogether(people)}`;
  const [only, ...more] = lengths;
  if (more.length === 0) redirect(`${base}/${only}${asked}`);
  const names = allOf(
    people.map(({ name }) => name),
    locale,
  );
  return (
    <PublicShell host={team.name} handle={team.handle} skip={words("profile.skip")}>
      <div className="wide w-full">
        <div className="mx-auto grid max-w-[44rem] gap-8 py-8 md:py-16">
          <header className="grid gap-4">
            <div aria-hidden="true" className="flex gap-2">
              {people.map(({ name, handle }) => (
                <Seal key={handle} name={name} size="lg" />
              ))}
            </div>
            <div>
              <p className="text-muted">{team.name}</p>
              <h1 className="mt-0.5">{words("together.title", { names })}</h1>
              <p className="mt-1 text-muted">{words("together.lead")}</p>
            </div>
          </header>
          <Panel bare>
            <ul className="divide-y divide-hairline">
              {lengths.map((minutes) => (
                <li
                  key={minutes}
                  className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-4 px-4 py-5 transition-colors hover:bg-raised md:px-6"
                >
                  <h2 className="text-lg tracking-lg">
                    <a
                      href={`${base}/${minutes}${asked}`}
                      className="text-ink no-underline after:absolute after:inset-0 hover:text-ink hover:underline"
                    >
                      {words("minutes", { minutes })}
                    </a>
                  </h2>
                  <Icon glyph={CaretRightIcon} turns className="text-muted" />
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      </div>
    </PublicShell>
  );
}

/** Why people can't be booked together, and what can be done instead. */
export async function TogetherRefused({ refusal }: { refusal: NotTogether }) {
  const locale = await getLocale();
  const words = translator("booking", locale);
  if (refusal.code === "unknown") notFound();
  if (refusal.code === "too_many") {
    return (
      <NoticePage
        title={words("together.tooMany", { max: togetherMax })}
        lead={words("together.tooManyLead")}
      />
    );
  }
  const { code, people } = refusal;
  const names = allOf(
    people.map(({ name }) => name),
    locale,
  );
  const lengths = code === "no_length" ? refusal.lengths : [];
  const why = lengths.length > 0 ? "otherLength" : code === "no_length" ? "noLength" : "notAllowed";
  return (
    <NoticePage title={words(`together.${why}`, { names })} lead={words(`together.${why}Lead`)}>
      {lengths.length > 0
        ? lengths.map((minutes) => (
            <ButtonLink key={minutes} href={`/${writeTogether(people)}/${minutes}`}>
              {words("minutes", { minutes })}
            </ButtonLink>
          ))
        : people.map(({ name, handle }) => (
            <ButtonLink key={handle} href={`/${handle}`}>
              {words("together.one", { name })}
            </ButtonLink>
          ))}
    </NoticePage>
  );
}
