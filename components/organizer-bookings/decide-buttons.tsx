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
  /** It waits for its visitor: they are let in or rejected. */
  isUnconfirmed?: boolean;
}

/** Approve or decline, right in the row. */
export function DecideButtons({ bookingId, name, time, decide, isUnconfirmed }: DecideButtonsProps) {
  const words = translator("bookings", use(getLocale()));
  if (isUnconfirmed) return <LetInButtons {...{ bookingId, name, time, decide }} />;
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

function LetInButtons({ bookingId, name, time, decide }: DecideButtonsProps) {
  const words = translator("bookings", use(getLocale()));
  return (
    <>
      <PostForm action={decide} fields={{ bookingId, decision: "approve" }}>
        <SubmitButton
          kind="second"
          size="sm"
          aria-label={words("unconfirmed.letInName", { name, time })}
          workingLabel={words("unconfirmed.lettingIn")}
        >
          {words("unconfirmed.letIn")}
        </SubmitButton>
      </PostForm>
      <PostForm action={decide} fields={{ bookingId, decision: "decline" }}>
        <SubmitButton
          kind="quiet"
          size="sm"
          aria-label={words("unconfirmed.rejectName", { name, time })}
          workingLabel={words("unconfirmed.rejecting")}
        >
          {words("unconfirmed.reject")}
        </SubmitButton>
      </PostForm>
    </>
  );
}
