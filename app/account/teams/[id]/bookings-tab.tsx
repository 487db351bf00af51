import { block, decide } from "@/app/account/bookings/actions";
import { Register } from "@/components/organizer-bookings/register";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { ViewTabs } from "@/components/ui/view-tabs";
import type { Organizer } from "@/lib/auth/guards";
import type { TeamScope } from "@/lib/auth/team-scope";
import { holdingStatuses } from "@/lib/booking-record/policy";
import { type BookingFilter, listTeamBookings } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { isId } from "@/lib/input/id";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { listCandidates } from "@/lib/teams/candidates";
import type { Team } from "@/lib/teams/schema";

interface BookingsTabProps {
  organizer: Organizer;
  scope: TeamScope;
  team: Team;
  query: Readonly<Record<string, string | string[] | undefined>>;
}

const views = ["upcoming", "past", "cancelled"] as const;
const pageSize = 50;

function filterOf(view: (typeof views)[number], now: Date): BookingFilter {
  switch (view) {
    case "upcoming":
      return { statuses: [...holdingStatuses], from: now };
    case "past":
      return { statuses: [...holdingStatuses], endedBy: now, order: "latest" };
    case "cancelled":
      return { statuses: ["cancelled", "declined"], order: "latest", confirmation: "known" };
  }
}

/** The team's bookings that its reader may see, by view and by host. */
export async function BookingsTab({ organizer, scope, team, query }: BookingsTabProps) {
  const words = translator("teams", await getLocale());
  const text = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  const now = Date.now();
  const view = views.find((name) => name === query.view) ?? "upcoming";
  const host = isId(text("host")) ? text("host") : undefined;
  const [afterAt, afterId = ""] = text("after").split("_");
  const after =
    afterAt && isId(afterId) && !Number.isNaN(Date.parse(afterAt))
      ? { startsAt: new Date(afterAt), id: afterId }
      : undefined;
  const filter = { ...filterOf(view, new Date(now)), host, after, take: pageSize + 1 };
  const [rows, timeZone, candidates] = await Promise.all([
    listTeamBookings(scope, filter),
    getOwnTimeZone(organizer.scope),
    scope.seesOnly === null ? listCandidates(scope, await getLocale()) : [],
  ]);
  const bookings = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? bookings.at(-1) : undefined;
  const hrefOf = (more: Record<string, string | undefined>) => {
    const given = { tab: "bookings", view: view === "upcoming" ? undefined : view, host, ...more };
    const kept = Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1]));
    return `/account/teams/${team.id}?${new URLSearchParams(kept)}`;
  };
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <ViewTabs
          label={words("bookings.views")}
          views={views.map((name) => ({
            href: hrefOf({ view: name }),
            label: words(`bookings.${name}`),
            current: name === view,
          }))}
        />
        {candidates.length > 0 && (
          <form action={`/account/teams/${team.id}`} className="flex flex-wrap items-end gap-2">
            <input type="hidden" name="tab" value="bookings" />
            <input type="hidden" name="view" value={view} />
            <Field id="host" label={words("bookings.host")}>
              {(control) => (
                <Select
                  {...control}
                  name="host"
                  defaultValue={host ?? ""}
                  options={[
                    { value: "", label: words("bookings.everyone") },
                    ...candidates.map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                />
              )}
            </Field>
            <Button type="submit">{words("bookings.show")}</Button>
          </form>
        )}
      </div>
      {bookings.length > 0 ? (
        <Register bookings={bookings} {...{ timeZone, now, decide, block }} namesHosts />
      ) : (
        <EmptyState title={words("bookings.none")}>{words("bookings.noneLead")}</EmptyState>
      )}
      {last && (
        <p>
          <ButtonLink href={hrefOf({ after: `${last.startsAt.toISOString()}_${last.id}` })}>
            {words("bookings.more")}
          </ButtonLink>
        </p>
      )}
    </>
  );
}
