import { DownloadSimpleIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { use } from "react";
import { cancelChosen, deleteUser } from "@/app/admin/users/[id]/actions";
import { Access } from "@/app/admin/users/access";
import { AccountForm } from "@/components/accounts/account-form";
import { ButtonLink } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { FormPanel } from "@/components/ui/form-panel";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import { type KeptAccount, listUpcoming, whyKept } from "@/lib/accounts/off-boarding";
import { getUser, type UserSummary } from "@/lib/accounts/users";
import { requireAdminOver } from "@/lib/auth/guards";
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

/** One account: what is still booked with its holder, and what becomes of that and of their data when they leave. */
export default async function UserPage({ params }: { params: Promise<{ id: string }> }) {
  const words = translator("account", await getLocale());
  const { id } = await params;
  const scope = await requireAdminOver(id);
  const user = isId(id) ? await getUser(id) : null;
  if (!user) notFound();
  const [upcoming, kept] = await Promise.all([listUpcoming(scope), whyKept(scope)]);
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
          {upcoming.length > 0 ? (
            <CancelForm user={user} upcoming={upcoming} />
          ) : (
            <p className="text-sm text-muted">{words("leaving.bookingsNone")}</p>
          )}
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

function CancelForm({ user, upcoming }: { user: UserSummary; upcoming: readonly BookingView[] }) {
  const locale = use(getLocale());
  const words = translator("account", locale);
  const clock = use(readClock());
  const choices = upcoming.map((booking) => {
    const { id, startsAt, endsAt, title, visitor, organizer } = booking;
    const day = shortDateName(localDateOf(startsAt.getTime(), organizer.timeZone), locale);
    const time = clockRange(startsAt.getTime(), endsAt.getTime(), organizer.timeZone, clock);
    return { value: id, label: words("leaving.booking", { day, time, title, visitor: visitor.name }) };
  });
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
