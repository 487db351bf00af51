import { MonthPreview } from "@/components/event-types/month-preview";
import { loadPicker } from "@/lib/booking-page/load-picker";
import { getPageOffer } from "@/lib/booking-page/offers";
import { readPickerQuery } from "@/lib/booking-page/picker-query";
import { readClock } from "@/lib/booking-page/visitor";

/** The month as visitors who read the organizer's clock find it. */
export async function StoredMonth({ handle, slug }: { handle: string; slug: string }) {
  const offer = await getPageOffer(handle, slug);
  if (!offer) return null;
  const request = {
    query: readPickerQuery({}),
    browserZone: null,
    usualClock: await readClock(),
    weekStartsOn: 1 as const,
  };
  return <MonthPreview picker={await loadPicker(offer, { ...request, now: Date.now() })} />;
}
