import { use } from "react";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface DecideButtonsProps {
  bookingId: string;
  /** Whose booking, and when: rows repeat these buttons. */
  name: string;
  time: string;
  decide: FormAction;
}

/** Approve or decline, right in the row. */
export function DecideButtons({ bookingId, name, time, decide }: DecideButtonsProps) {
  const words = translator("bookings", use(getLocale()));
  return (
    <>
      <PostForm action={decide} fields={{ bookingId, decision: "approve" }}>
        <SubmitButton
          kind="second"
          size="sm"
          aria-label={words("decide.approveName", { name, time })}
          workingLabel={words("decide.approving")}
        >
          {words("decide.approve")}
        </SubmitButton>
      </PostForm>
      <PostForm action={decide} fields={{ bookingId, decision: "decline" }}>
        <SubmitButton
          kind="quiet"
          size="sm"
          aria-label={words("decide.declineName", { name, time })}
          workingLabel={words("decide.declining")}
        >
          {words("decide.decline")}
        </SubmitButton>
      </PostForm>
    </>
  );
}
