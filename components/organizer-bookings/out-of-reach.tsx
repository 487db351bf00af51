import { use } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BookingView } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import type { OutOfReach } from "@/lib/meetings/out-of-reach";
import { getLocale } from "@/lib/reader/locale";

interface OutOfReachNoteProps {
  booking: BookingView;
  outOfReach: OutOfReach;
  removedByHand: FormAction;
}

/** An event of this booking that Bellhop can't get at, what that means, and the two ways out. */
export function OutOfReachNote({ booking, outOfReach, removedByHand }: OutOfReachNoteProps) {
  const words = translator("bookings", use(getLocale()));
  const { what, email, isConnected } = outOfReach;
  const isHeld = booking.status === "confirmed";
  const canSay = what === "replaced" || !isHeld || isConnected;
  return (
    <Note tone={what === "current" ? "warning" : "danger"} title={words("reach.title", { what })}>
      <p className="mt-0.5 wrap-anywhere">
        {words("reach.text", { what, email: email || words("reach.someAccount") })}
      </p>
      <div className="mt-3 flex flex-wrap gap-3">
        <ButtonLink
          kind="primary"
          size="sm"
          href={email ? "/api/teams/connect?account=select" : "/account/integrations"}
        >
          {email ? words("reach.signIn", { email }) : words("reach.signInUnknown")}
        </ButtonLink>
        {canSay && (
          <PostForm action={removedByHand} fields={{ bookingId: booking.id }}>
            <SubmitButton kind="second" size="sm" workingLabel={words("reach.byHandWorking")}>
              {words("reach.byHand")}
            </SubmitButton>
          </PostForm>
        )}
      </div>
      {canSay && (
        <p className="mt-2 text-muted">{words("reach.byHandHint", { what, held: String(isHeld) })}</p>
      )}
    </Note>
  );
}
