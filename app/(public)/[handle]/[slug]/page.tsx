import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache, use } from "react";
import { bookSlot } from "@/app/(public)/[handle]/[slug]/actions";
import { getTogether, TogetherRefused } from "@/app/(public)/[handle]/together";
import { BookingDesk } from "@/components/booking-page/booking-desk";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { shareSize } from "@/components/brand/share-picture";
import { NoticePage } from "@/components/layout/notice-page";
import { PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { type LinkRefusal, refuseWithoutLink } from "@/lib/booking/link-access";
import { readPickerVisit } from "@/lib/booking-page/lost-visit";
import { getPageOffer, offerInLanguage } from "@/lib/booking-page/offers";
import { readOwnCalendarProblem } from "@/lib/booking-page/own-calendar";
import { readPickerQuery, type SearchParams } from "@/lib/booking-page/picker-query";
import { absolute } from "@/lib/brand/answer";
import { sharePicturePath } from "@/lib/brand/share";
import { translator } from "@/lib/i18n/translator";
import { cutText } from "@/lib/input/cut";
import type { Offer } from "@/lib/offers/offer";
import { brandIcons, brandOfPage } from "@/lib/reader/brand";
import { getLocale } from "@/lib/reader/locale";
import { readTogether, writeTogether } from "@/lib/teams/ad-hoc";

interface BookingPageProps {
  params: Promise<{ handle: string; slug: string }>;
  searchParams: Promise<SearchParams>;
}

const getOffer = cache(getPageOffer);

const closedWords = { link_required: "required", link_used: "spent" } as const;

export async function generateMetadata({ params, searchParams }: BookingPageProps): Promise<Metadata> {
  const { handle, slug } = await params;
  const offered = await getOffer(handle, slug);
  const locale = await getLocale();
  const offer = offered && offerInLanguage(offered, locale);
  const words = translator("booking", locale);
  if (!offer) return { title: words("lost.profile.title") };
  const { eventType, organizer } = offer;
  const { link } = readPickerQuery(await searchParams);
  const refusal = await refuseWithoutLink(eventType, link);
  // What is behind a link is for those who have one, its name too.
  if (refusal) return { ...capabilityPage, title: words(`link.${closedWords[refusal]}.title`) };
  const values = {
    title: eventType.title,
    name: organizer.name,
    minutes: eventType.durationsMinutes[0] ?? 0,
  };
  const title = words("page.title", values);
  const description = cutText(eventType.description, 300) || words("page.description", values);
  const { handle: own } = organizer;
  const { durationsMinutes } = eventType;
  const picture = { handle: own, slug: eventType.slug, title: eventType.title, durationsMinutes, locale };
  const url = absolute(sharePicturePath(picture, await brandOfPage(own)));
  return {
    ...(await brandIcons(own)),
    title,
    description,
    openGraph: { title, description, images: [{ url, ...shareSize, alt: title }] },
    twitter: { card: "summary_large_image", title, description, images: [url] },
    // One page, however it is opened; a hidden one is for those who were given its address.
    alternates: {
      canonical: eventType.isAdHoc ? pathTogether(offer) : `/${organizer.handle}/${eventType.slug}`,
    },
    ...(eventType.hidden ? { robots: capabilityPage.robots } : {}),
    ...(link ? capabilityPage : {}),
  };
}

function ClosedLink({ offer, refusal }: { offer: Offer; refusal: LinkRefusal }) {
  const words = translator("booking", use(getLocale()));
  const why = closedWords[refusal];
  const { organizer, eventType } = offer;
  const { name, handle } = organizer;
  const isOpen = !eventType.requiresLink;
  return (
    <NoticePage title={words(`link.${why}.title`)} lead={words(`link.${why}.lead`, { name })}>
      <ButtonLink href={isOpen ? `/${handle}/${eventType.slug}` : `/${handle}`}>
        {words(isOpen ? "link.bookOpenly" : "link.others", { name })}
      </ButtonLink>
    </NoticePage>
  );
}

/** People who are named together, but offer nothing of this length. */
async function NotTogetherHere({ handles }: { handles: string[] }) {
  const found = await getTogether(handles.join("+"));
  if (!found.ok) return <TogetherRefused refusal={found.error} />;
  return <TogetherRefused refusal={{ code: "no_length", ...found.value }} />;
}

const pathTogether = ({ hosts, eventType: { durationsMinutes } }: Offer) =>
  `/${writeTogether(hosts)}/${durationsMinutes[0]}`;

export default async function BookingPage({ params, searchParams }: BookingPageProps) {
  const locale = await getLocale();
  const { handle, slug } = await params;
  const whole = await getOffer(handle, slug);
  const together = readTogether(handle);
  if (!whole && together) return <NotTogetherHere handles={together} />;
  if (!whole) notFound();
  const { lost, query } = await readPickerVisit(await searchParams);
  const refusal = await refuseWithoutLink(whole.eventType, query.link);
  if (refusal) return <ClosedLink offer={whole} refusal={refusal} />;
  const { organizer, eventType } = whole;
  return (
    <PublicShell
      host={organizer.name}
      handle={organizer.handle}
      skip={translator("booking", locale)("page.skip")}
    >
      <BookingDesk
        action={bookSlot}
        offer={whole}
        query={query}
        lost={lost}
        calendarProblem={readOwnCalendarProblem(await searchParams)}
        path={eventType.isAdHoc ? pathTogether(whole) : `/${organizer.handle}/${eventType.slug}`}
      />
    </PublicShell>
  );
}
