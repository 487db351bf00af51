import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache, use } from "react";
import { bookSlot } from "@/app/(public)/[handle]/[slug]/actions";
import { BookingDesk } from "@/components/booking-page/booking-desk";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { FrameMessages } from "@/components/booking-page/frame-messages";
import { FrameShell } from "@/components/layout/frame-shell";
import { NoticePage } from "@/components/layout/notice-page";
import { ButtonLink } from "@/components/ui/button";
import { currentPath } from "@/lib/auth/guards";
import { readLostForm } from "@/lib/auth/lost-form";
import { refuseWithoutLink } from "@/lib/booking/link-access";
import { isReadersOwn, withDraft } from "@/lib/booking-page/draft";
import { framePath, readFrame, readFrameLook } from "@/lib/booking-page/frame";
import { readPickerVisit } from "@/lib/booking-page/lost-visit";
import { getPageOffer, offerInLanguage } from "@/lib/booking-page/offers";
import { readPickerQuery, type SearchParams } from "@/lib/booking-page/picker-query";
import { draftField } from "@/lib/event-types/form";
import { translator } from "@/lib/i18n/translator";
import type { Offer } from "@/lib/offers/offer";
import { getLocale } from "@/lib/reader/locale";

interface FramedPageProps {
  params: Promise<{ handle: string; slug: string }>;
  searchParams: Promise<SearchParams>;
}

const getOffer = cache(getPageOffer);

const closedWords = { link_required: "required", link_used: "spent" } as const;

export async function generateMetadata({ params, searchParams }: FramedPageProps): Promise<Metadata> {
  const { handle, slug } = await params;
  const offered = await getOffer(handle, slug);
  const locale = await getLocale();
  const offer = offered && offerInLanguage(offered, locale);
  const words = translator("booking", locale);
  if (!offer) return { title: words("lost.profile.title") };
  const { link } = readPickerQuery(await searchParams);
  const refusal = await refuseWithoutLink(offer.eventType, link);
  // What is behind a link is for those who have one, its name too.
  if (refusal) return { ...capabilityPage, title: words(`link.${closedWords[refusal]}.title`) };
  return {
    title: words("page.title", { title: offer.eventType.title, name: offer.organizer.name }),
    alternates: { canonical: pageOf(offer) },
  };
}

/** The booking page as other websites show it in a frame. Which ones may is in its headers, which proxy.ts writes. */
export default async function FramedPage({ params, searchParams }: FramedPageProps) {
  const { handle, slug } = await params;
  const stored = await getOffer(handle, slug);
  if (!stored) notFound();
  const locale = await getLocale();
  const look = readFrameLook(readFrame(await currentPath())?.query ?? new URLSearchParams());
  const typed = look.preview ? await readDraft() : null;
  const isOwn = look.preview !== undefined && (await isReadersOwn(stored));
  const offered = typed && isOwn ? withDraft(stored, typed) : stored;
  const offer = offerInLanguage(offered, locale);
  const { organizer, eventType } = offer;
  if (eventType.embedOrigins.length === 0 && !look.preview) return <NotFramed offer={offer} />;
  const { lost, query } = typed
    ? { lost: null, query: readPickerQuery(await searchParams) }
    : await readPickerVisit(await searchParams);
  const refusal = isOwn ? null : await refuseWithoutLink(eventType, query.link);
  const words = translator("booking", locale);
  const messages = { origins: eventType.embedOrigins, isPreview: look.preview !== undefined };
  if (refusal) {
    const why = closedWords[refusal];
    return (
      <FrameShell handle={organizer.handle} pageHref={pageOf(offer)} label={words(`link.${why}.title`)}>
        <FrameMessages
          {...messages}
          words={{ title: words(`link.${why}.title`), close: words("frame.close") }}
        />
        <div className="wide w-full py-6">
          <h1>{words(`link.${why}.title`)}</h1>
          <p className="mt-2 max-w-[68ch] text-muted">
            {words(`link.${why}.lead`, { name: organizer.name })}
          </p>
        </div>
      </FrameShell>
    );
  }
  const title = words("page.title", { title: eventType.title, name: organizer.name });
  return (
    <FrameShell handle={organizer.handle} pageHref={pageOf(offer)} label={title}>
      <FrameMessages {...messages} words={{ title, close: words("frame.close") }} />
      <BookingDesk
        action={bookSlot}
        offer={offered}
        query={{ ...query, kept: { ...query.kept, ...look } }}
        lost={lost}
        path={framePath({ handle: organizer.handle, slug: eventType.slug })}
        browserZone={look.zone}
        isFramed
      />
    </FrameShell>
  );
}

/** What is typed in the editor beside this page; null where none was sent. */
async function readDraft(): Promise<Readonly<Record<string, string>> | null> {
  const sent = await readLostForm();
  return sent && draftField in sent ? sent : null;
}

const pageOf = ({ organizer, eventType }: Offer) => `/${organizer.handle}/${eventType.slug}`;

/** No website may show it, and this one says so to those who open it by itself. */
function NotFramed({ offer }: { offer: Offer }) {
  const words = translator("booking", use(getLocale()));
  return (
    <NoticePage
      title={words("frame.refusedTitle")}
      lead={words("frame.refusedLead", { name: offer.organizer.name })}
    >
      <ButtonLink href={pageOf(offer)} target="_blank" kind="primary">
        {words("frame.openPage")}
      </ButtonLink>
    </NoticePage>
  );
}
