import { ClockCountdownIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FlightLine } from "@/lib/flight-recorder/queries";
import { translator } from "@/lib/i18n/translator";
import { lateChoices } from "@/lib/notifications/running-late";
import { getLocale } from "@/lib/reader/locale";

interface LateFormProps {
  action: FormAction;
  fields: Readonly<Record<string, string>>;
  /** Who is notified. */
  name: string;
  /** What was shown before; null: nothing yet. */
  reportedMinutes: number | null;
  /** The form came back from a page that is older than this server. */
  isLost?: boolean;
}

/** "I'm running late": one press notifies the other side. */
export function LateForm({ action, fields, name, reportedMinutes, isLost = false }: LateFormProps) {
  const words = translator("booking", use(getLocale()));
  if (reportedMinutes !== null) {
    return (
      <Note tone="success" role="status" title={words("late.reported", { name, minutes: reportedMinutes })} />
    );
  }
  return (
    <PostForm action={action} fields={fields}>
      <fieldset className="grid min-w-0 gap-2">
        <legend className="mb-2 flex items-center gap-2 text-sm font-semibold">
          <Icon glyph={ClockCountdownIcon} className="text-muted" />
          {words("late.title")}
        </legend>
        {isLost && <Note tone="warning" role="alert" title={words("late.renewed")} />}
        <p className="text-sm text-muted">{words("late.hint", { name })}</p>
        <div className="flex flex-wrap gap-2">
          {lateChoices.map((minutes) => (
            <SubmitButton
              key={minutes}
              kind="second"
              name="minutes"
              value={String(minutes)}
              workingLabel={words("late.working")}
            >
              {words("minutes", { minutes })}
            </SubmitButton>
          ))}
        </div>
      </fieldset>
    </PostForm>
  );
}

/** What one side has said about being late for the appointment as it is now; null: nothing. */
export function reportedLateness(
  flight: readonly FlightLine[],
  by: "visitor" | "organizer",
  revision: number,
): number | null {
  const line = flight.findLast(
    ({ step, facts }) => step === "running_late" && facts.by === by && facts.revision === revision,
  );
  return line ? Number(line.facts.minutes) : null;
}
