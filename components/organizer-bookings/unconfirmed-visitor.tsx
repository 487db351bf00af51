import { Panel } from "@/components/ui/panel";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { readClock } from "@/lib/booking-page/visitor";
import type { BookingView } from "@/lib/booking-record/queries";
import { dayAndTime } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { Suspicion } from "@/lib/shield/score";

interface UnconfirmedVisitorProps {
  booking: BookingView;
  /** Why the visitor was asked; empty where all visitors are. */
  suspicions: readonly Suspicion[];
  /** The organizer's. */
  timeZone: string;
  decide: FormAction;
}

/** A booking that has no effect until its visitor confirms their address, or the organizer lets them in. */
export async function UnconfirmedVisitor(props: UnconfirmedVisitorProps) {
  const { booking, suspicions, timeZone, decide } = props;
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const { name, email } = booking.visitor;
  const until = dayAndTime(booking.confirmBy ?? booking.startsAt, timeZone, await readClock(), locale);
  return (
    <Panel aria-labelledby="unconfirmed" className="grid gap-4">
      <div>
        <h2 id="unconfirmed" className="text-lg">
          {words("unconfirmed.title", { name })}
        </h2>
        <p className="mt-1 text-muted wrap-anywhere">
          {words("unconfirmed.text", { name, email, ...until })}
        </p>
      </div>
      {suspicions.length > 0 && (
        <ul className="grid list-disc gap-1 ps-5 text-sm">
          {suspicions.map((code) => (
            <li key={code}>{words(`unconfirmed.reasons.${code}`)}</li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-3">
        <PostForm action={decide} fields={{ bookingId: booking.id, decision: "approve" }}>
          <SubmitButton kind="second" workingLabel={words("unconfirmed.lettingIn")}>
            {words("unconfirmed.letIn")}
          </SubmitButton>
        </PostForm>
        <PostForm action={decide} fields={{ bookingId: booking.id, decision: "decline" }}>
          <SubmitButton kind="quiet" workingLabel={words("unconfirmed.rejecting")}>
            {words("unconfirmed.reject")}
          </SubmitButton>
        </PostForm>
      </div>
    </Panel>
  );
}
