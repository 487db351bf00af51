import { use } from "react";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const decisions = [
  { decision: "approve", working: "approving", kind: "second" },
  { decision: "decline", working: "declining", kind: "quiet" },
] as const;

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
      {decisions.map(({ decision, working, kind }) => (
        <PostForm key={decision} action={decide} fields={{ bookingId, decision }}>
          <SubmitButton
            kind={kind}
            size="sm"
            aria-label={words(`decide.${decision}Name`, { name, time })}
            workingLabel={words(`decide.${working}`)}
          >
            {words(`decide.${decision}`)}
          </SubmitButton>
        </PostForm>
      ))}
    </>
  );
}
