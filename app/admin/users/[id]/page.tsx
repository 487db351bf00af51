import { DownloadSimpleIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { use } from "react";
import { cancelChosen, deleteUser, handOverOf } from "@/app/admin/users/[id]/actions";
import { Access } from "@/app/admin/users/access";
import { AccountForm } from "@/components/accounts/account-form";
import { HandOver } from "@/components/organizer-bookings/hand-over";
import { ButtonLink } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { FormPanel } from "@/components/ui/form-panel";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { type KeptAccount, listUpcoming, whyKept } from "@/lib/accounts/off-boarding";
import { getUser, type UserSummary } from "@/lib/accounts/users";
import { requireAdminOver } from "@/lib/auth/guards";
import { getSuccession, type Succession } from "@/lib/booking/hand-over";
import { readClock } from "@/lib/booking-page/visitor";
import type { BookingView } from "@/lib/booking-record/queries";
import { clockRange, shortDateName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { isId } from "@/lib/input/id";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { title: words("leaving.title") };
}

interface UserPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One account: what is still booked with its holder, and what becomes of that and of their data when they leave. */
export default async function UserPage({ params, searchParams }: UserPageProps) {
  const words = translator("account", await getLocale());
  const { id } = await params;
  const scope = await requireAdminOver(id);
  const user = isId(id) ? await getUser(id) : null;
  if (!user) notFound();
  const [upcoming, kept] = await Promise.all([listUpcoming(scope), whyKept(scope)]);
  const teams = upcoming.filter(({ team }) => team !== null);
  const shared = await Promise.all(
    teams.map(async (booking) => ({ booking, succession: await getSuccession(scope, booking.id) })),
  );
  const { handedOver } = await searchParams;
  return (
    <>
      <PageHead
        title={user.name}
        lead={user.email}
        back={{ href: "/admin/users", label: words("outbox.back") }}
      />
      <div className="grid gap-6">
        <FormPanel
          title={words("leaving.accessTitle")}
          lead={words(user.disabledAt ? "leaving.accessShut" : "leaving.accessOpen")}
        >
          <Access user={user} />
        </FormPanel>
        <FormPanel title={words("leaving.bookingsTitle")} lead={words("leaving.bookingsLead")}>
          <div className="grid gap-8">
            {(handedOver === "yes" || handedOver === "no") && (
              <Note tone={handedOver === "yes" ? "success" : "warning"} role="status">
                {words(handedOver === "yes" ? "leaving.handedOver" : "leaving.notHandedOver")}
              </Note>
            )}
            {shared.length > 0 && <HandOverList user={user} shared={shared} />}
            {upcoming.length > 0 ? (
              <CancelForm user={user} upcoming={upcoming} />
            ) : (
              <p className="text-sm text-muted">{words("leaving.bookingsNone")}</p>
            )}
          </div>
        </FormPanel>
        <FormPanel title={words("leaving.dataTitle")} lead={words("leaving.dataLead")}>
          <div className="grid justify-items-start gap-5">
            <ButtonLink
              href={`/admin/users/${id}/export`}
              icon={<Icon glyph={DownloadSimpleIcon} size={18} />}
            >
              {words("leaving.export")}
            </ButtonLink>
            <Delete user={user} kept={kept} />
          </div>
        </FormPanel>
      </div>
    </>
  );
}

/** What a booking is called in a list, on its host's clock. */
function nameOf({ startsAt, endsAt, title, visitor, organizer }: BookingView): string {
  const locale = use(getLocale());
  const clock = use(readClock());
  const day = shortDateName(localDateOf(startsAt.getTime(), organizer.timeZone), locale);
  const time = clockRange(startsAt.getTime(), endsAt.getTime(), organizer.timeZone, clock, locale);
  return translator("account", locale)("leaving.booking", { day, time, title, visitor: visitor.name });
}

interface HandOverListProps {
  user: UserSummary;
  shared: readonly { booking: BookingView; succession: Succession | null }[];
}

/** Bookings of teams: others of the team can take them over. */
function HandOverList({ user, shared }: HandOverListProps) {
  const words = translator("account", use(getLocale()));
  return (
    <section aria-labelledby="hand-over-title" className="grid gap-3">
      <h3 id="hand-over-title" className="text-sm font-strong">
        {words("leaving.teamBookings")}
      </h3>
      <ul className="grid divide-y divide-hairline">
        {shared.map(({ booking, succession }) => (
          <li key={booking.id} className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0">
            <span className="min-w-0 flex-1 text-sm">
              {nameOf(booking)}
              <span className="block text-muted">
                {succession
                  ? booking.team?.name
                  : words("leaving.noOneElse", { team: booking.team?.name ?? "" })}
              </span>
            </span>
            {succession && (
              <HandOver
                booking={booking}
                succession={succession}
                handOver={handOverOf}
                fromId={user.id}
                inList={{ label: words("leaving.handOverLabel", { booking: nameOf(booking) }) }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function CancelForm({ user, upcoming }: { user: UserSummary; upcoming: readonly BookingView[] }) {
  const words = translator("account", use(getLocale()));
  const choices = upcoming.map((booking) => ({ value: booking.id, label: nameOf(booking) }));
  return (
    <AccountForm
      action={cancelChosen.bind(null, user.id)}
      fields={[
        {
          name: "message",
          label: words("leaving.message"),
          hint: words("leaving.messageHint"),
          autoComplete: "off",
          required: false,
        },
      ]}
      choices={{ name: "bookings", legend: words("leaving.choose"), choices, chosen: [] }}
      submit={{ label: words("leaving.cancel"), workingLabel: words("leaving.cancelling"), kind: "second" }}
    />
  );
}

function Delete({ user: { id, name }, kept }: { user: UserSummary; kept: KeptAccount | null }) {
  const words = translator("account", use(getLocale()));
  if (kept) return <p className="text-sm text-muted">{words(`leaving.kept.${kept}`)}</p>;
  return (
    <Confirm
      trigger={words("leaving.delete")}
      title={words("leaving.deleteTitle", { name })}
      keepLabel={words("leaving.deleteKeep")}
      confirmLabel={words("leaving.delete")}
      workingLabel={words("leaving.deleting")}
      action={deleteUser}
      fields={{ id }}
    >
      <p>{words("leaving.deleteText")}</p>
    </Confirm>
  );
}
