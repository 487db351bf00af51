import { use } from "react";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** Has the calendar event of a booking checked and corrected. */
export function RepairButton({ bookingId, repair }: { bookingId: string; repair: FormAction }) {
  const words = translator("bookings", use(getLocale()));
  return (
    <PostForm action={repair} fields={{ bookingId }}>
      <SubmitButton kind="second" size="sm" workingLabel={words("repair.working")}>
        {words("repair.action")}
      </SubmitButton>
    </PostForm>
  );
}
