import { use } from "react";
import { z } from "zod";
import { block, decide, undoBlock } from "@/app/account/bookings/actions";
import { DecidedNote } from "@/app/account/bookings/decided-note";
import { loadRegister } from "@/app/account/bookings/load-register";
import { type RegisterQuery, registerHref } from "@/app/account/bookings/register-query";
import { RegisterPages } from "@/app/account/bookings/register-section";
import { BlockedNote, UnblockedNote } from "@/components/blocks/just-now";
import { Register } from "@/components/organizer-bookings/register";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { getBlocked } from "@/lib/booking/block-sender";
import { countKeptAway, type KeptAway } from "@/lib/booking/kept-away";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";

interface HeldBackPageProps {
  query: RegisterQuery;
  /** All of the page's address: what was done just now. */
  parameters: object;
}

const justNow = z.object({
  blocked: z.uuid().optional().catch(undefined),
  unblocked: z.literal("1").optional().catch(undefined),
});

/** The bookings that wait for their visitors, with what can be done about those who sent them. */
export async function HeldBackPage({ query, parameters }: HeldBackPageProps) {
  const words = translator("bookings", await getLocale());
  const { scope } = await requireOrganizer();
  const now = Date.now();
  const timeZone = await getOwnTimeZone(scope);
  const { blocked, unblocked } = justNow.parse(parameters);
  const [page, keptAway, done] = await Promise.all([
    loadRegister(scope, query, { timeZone, now }),
    countKeptAway(scope, new Date(now)),
    blocked ? getBlocked(scope, blocked) : null,
  ]);
  return (
    <>
      <PageHead
        title={words("heldBack.title")}
        lead={words("heldBack.lead")}
        back={{ href: registerHref({}), label: words("title") }}
        actions={<ButtonLink href="/account/bookings/blocked">{words("heldBack.blocked")}</ButtonLink>}
      />
      <div className="grid gap-6">
        {done ? <BlockedNote {...done} undo={undoBlock} /> : unblocked && <UnblockedNote />}
        <DecidedNote {...{ parameters, scope }} />
        {page.bookings.length > 0 ? (
          <Register
            {...{ timeZone, now, decide, block }}
            bookings={page.bookings}
            held={page.held}
            list={registerHref(query, "")}
          />
        ) : (
          <div className="border-t border-hairline">
            <EmptyState title={words("heldBack.none")}>
              <p>{words("heldBack.noneText")}</p>
            </EmptyState>
          </div>
        )}
        <RegisterPages query={query} nextHref={page.nextHref} />
        <Figures {...keptAway} />
      </div>
    </>
  );
}

/** What was kept away so far; nothing while that is nothing. */
function Figures({ thisMonth, inAll }: KeptAway) {
  if (inAll === 0) return null;
  const words = translator("bookings", use(getLocale()));
  return (
    <p className="border-t border-hairline pt-4 text-sm text-muted">
      {words("heldBack.keptAway", { thisMonth, inAll })}
    </p>
  );
}
