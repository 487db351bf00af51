import { use } from "react";
import { MessageField } from "@/components/organizer-bookings/message-field";
import { Confirm } from "@/components/ui/confirm";
import { Panel } from "@/components/ui/panel";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BookingView } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface PendingDecisionProps {
  booking: BookingView;
  decide: FormAction;
}

/** A booking that waits for the organizer's word. */
export function PendingDecision({ booking, decide }: PendingDecisionProps) {
  const words = translator("bookings", use(getLocale()));
  const { name } = booking.visitor;
  return (
    <Panel aria-labelledby="decision" className="grid gap-4">
      <div>
        <h2 id="decision" className="text-lg">
          {words("pending.title", { name })}
        </h2>
        <p className="mt-1 text-muted">
          {words("pending.text", { teams: String(booking.meeting.kind === "teams") })}
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        <PostForm action={decide} fields={{ bookingId: booking.id, decision: "approve" }}>
          <SubmitButton workingLabel={words("decide.approving")}>{words("decide.approve")}</SubmitButton>
        </PostForm>
        <Confirm
          trigger={words("decide.decline")}
          triggerLook={{ kind: "second" }}
          title={words("pending.question", { name })}
          keepLabel={words("pending.keep")}
          confirmLabel={words("decide.decline")}
          workingLabel={words("decide.declining")}
          action={decide}
          fields={{ bookingId: booking.id, decision: "decline" }}
        >
          <p>{words("pending.declineText", { name })}</p>
          <MessageField id="decline-message" label={words("cancel.message", { name })} />
        </Confirm>
      </div>
    </Panel>
  );
}
