import type { Metadata } from "next";
import { z } from "zod";
import { actOnSelected } from "@/app/account/bookings/actions";
import { bookingHref } from "@/components/organizer-bookings/booking-entry";
import { MessageField } from "@/components/organizer-bookings/message-field";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireOrganizer } from "@/lib/auth/guards";
import { canBeDone, mostAtOnce, type SeveralVerb, severalVerbs } from "@/lib/booking/several";
import { readClock } from "@/lib/booking-page/visitor";
import { listOwnBookings } from "@/lib/booking-record/queries";
import { clockRange, dayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { localDateOf } from "@/lib/slot-engine/zone";

interface SelectedPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const query = z.object({
  verb: z.enum(severalVerbs).catch("cancel"),
  booking: z
    .union([z.string().transform((id) => [id]), z.array(z.string())])
    .transform((ids) => ids.filter((id) => z.uuid().safeParse(id).success).slice(0, mostAtOnce))
    .catch([]),
});

const look = {
  approve: "primary",
  decline: "danger-fill",
  cancel: "danger-fill",
  no_show: "primary",
} as const;

async function load({ searchParams }: SelectedPageProps) {
  const { verb, booking: ids } = query.parse(await searchParams);
  const organizer = await requireOrganizer();
  const unique = [...new Set(ids)];
  const found = await listOwnBookings(organizer.scope, unique);
  const now = Date.now();
  const bookings = found.filter((booking) => canBeDone(verb, booking, now));
  return { verb, organizer, bookings, others: unique.length - bookings.length };
}

export async function generateMetadata(props: SelectedPageProps): Promise<Metadata> {
  const { verb, bookings } = await load(props);
  return { title: titleOf(verb, bookings.length, translator("bookings", await getLocale())) };
}

/** Asks before something is done with several bookings, and shows with which. */
export default async function SelectedPage(props: SelectedPageProps) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const { verb, organizer, bookings, others } = await load(props);
  const [timeZone, clock] = await Promise.all([getOwnTimeZone(organizer.scope), readClock()]);
  return (
    <>
      <PageHead
        title={titleOf(verb, bookings.length, words)}
        lead={bookings.length > 0 && words("several.lead", { verb })}
        back={{ href: "/account/bookings", label: words("title") }}
      />
      {bookings.length === 0 ? (
        <EmptyState
          title={words("several.none")}
          action={<ButtonLink href="/account/bookings">{words("several.back")}</ButtonLink>}
        >
          <p>{words("several.noneText")}</p>
        </EmptyState>
      ) : (
        <PostForm action={actOnSelected} fields={{ verb }} className="grid max-w-160 gap-6">
          {others > 0 && <p className="text-sm text-muted">{words("several.others", { count: others })}</p>}
          <Panel bare aria-label={words("several.list")}>
            <ul className="divide-y divide-hairline">
              {bookings.map(({ id, visitor, title, startsAt, endsAt }) => (
                <li key={id} className="px-4 py-3 md:px-6">
                  <input type="hidden" name="booking" value={id} />
                  <a href={bookingHref(id)} className="font-semibold text-ink wrap-anywhere">
                    {visitor.name}
                  </a>
                  <p className="text-sm text-muted">
                    {dayName(localDateOf(startsAt.getTime(), timeZone), locale)},{" "}
                    {clockRange(startsAt.getTime(), endsAt.getTime(), timeZone, clock, locale)}
                  </p>
                  <p className="text-sm text-muted">{title}</p>
                </li>
              ))}
            </ul>
          </Panel>
          {(verb === "decline" || verb === "cancel") && (
            <MessageField
              id="several-message"
              label={words("several.message")}
              hint={words("several.messageHint")}
            />
          )}
          <div className="flex flex-wrap gap-3">
            <SubmitButton kind={look[verb]} workingLabel={words("several.working")}>
              {words(`several.verbs.${verb}`)}
            </SubmitButton>
            <ButtonLink href="/account/bookings">{words("several.back")}</ButtonLink>
          </div>
        </PostForm>
      )}
    </>
  );
}

function titleOf(verb: SeveralVerb, count: number, words: ReturnType<typeof translator<"bookings">>): string {
  return count === 0 ? words("several.none") : words("several.title", { verb, count });
}
