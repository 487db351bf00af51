import { classNames } from "@/components/ui/class-names";

/** A time as a key tag on a rack: its hole becomes a check when it is chosen. Used on the server and in the form alike. */

export interface TimeChoice {
  /** The instant as it is sent: `2026-12-10T14:30:00Z`. */
  start: string;
  /** "09:30", or with its day where several days are mixed. */
  label: string;
  /** "Thursday 10 December 2026" */
  day: string;
  /** "09:30–10:00" in the visitor's zone. */
  range: string;
  /** The same for the organizer, in words; null where both have the same time. */
  host: string | null;
}

interface TimeTagProps {
  choice: TimeChoice;
  /** The form it belongs to: tags hang outside it too. */
  formId: string;
  /** Shown at the end once it is chosen: "30 min". */
  aside: string;
  /** Always shown at the end: what is special about this time. */
  mark?: string | undefined;
  isChosen?: boolean;
  /** In a narrow column the mark is below the time. */
  isNarrow?: boolean;
  /** Where many stand side by side there is no hole, and the mark is below the time. */
  isBare?: boolean;
}

export function TimeTag(props: TimeTagProps) {
  const { choice, formId, aside, mark, isChosen = false, isNarrow = false, isBare = false } = props;
  const { start, label, day, range, host } = choice;
  return (
    <label
      data-day={day}
      data-range={range}
      data-host={host ?? undefined}
      className={classNames("group/time time-tag", isBare ? "time-tag-bare" : "time-tag-holed")}
    >
      <input type="radio" name="start" value={start} form={formId} defaultChecked={isChosen} />
      <span>{label}</span>
      {(mark || aside) && (
        <span
          className={classNames(
            "text-xs font-medium",
            isBare ? "-mt-1 pb-1 whitespace-normal" : isNarrow ? "col-start-2 -mt-1 pb-1.5" : "col-start-3",
            !mark && "hidden group-has-checked/time:block",
          )}
        >
          {mark ?? aside}
        </span>
      )}
    </label>
  );
}
