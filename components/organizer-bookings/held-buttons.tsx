import { use } from "react";
import { BlockSender } from "@/components/organizer-bookings/block-sender";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { HeldBack } from "@/lib/booking/suspicion";
import type { BookingView } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface HeldButtonsProps {
  booking: BookingView;
  /** When it starts: rows repeat these buttons. */
  time: string;
  decide: FormAction;
  held: HeldBack | undefined;
  block: FormAction;
  /** The list's own fields of an address, where it says itself what came of a decision. */
  list?: string | undefined;
  size?: "md" | "sm";
}

/** What the organizer can do with a booking that is held back. */
export function HeldButtons({ booking, time, decide, held, block, list, size = "sm" }: HeldButtonsProps) {
  const words = translator("bookings", use(getLocale()));
  const { id: bookingId, visitor } = booking;
  const { name } = visitor;
  const shared = { bookingId, ...(list ? { list } : {}) };
  return (
    <>
      <PostForm action={decide} fields={{ ...shared, decision: "approve" }}>
        <SubmitButton
          kind="second"
          size={size}
          aria-label={words("unconfirmed.letInName", { name, time })}
          workingLabel={words("unconfirmed.lettingIn")}
        >
          {words("unconfirmed.letIn")}
        </SubmitButton>
      </PostForm>
      <PostForm action={decide} fields={{ ...shared, decision: "decline" }}>
        <SubmitButton
          kind="quiet"
          size={size}
          flush
          aria-label={words("unconfirmed.rejectName", { name, time })}
          workingLabel={words("unconfirmed.rejecting")}
        >
          {words("unconfirmed.reject")}
        </SubmitButton>
      </PostForm>
      {held && held.choices.length > 0 && (
        <BlockSender {...{ booking, time, size, block }} choices={held.choices} />
      )}
    </>
  );
}
