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

const withoutScript =
  "[@media(scripting:none)]:has-checked:col-span-full [@media(scripting:none)]:has-checked:py-2 [@media(scripting:none)]:has-checked:after:col-span-2 [@media(scripting:none)]:has-checked:after:col-start-2 [@media(scripting:none)]:has-checked:after:text-xs [@media(scripting:none)]:has-checked:after:font-medium [@media(scripting:none)]:has-checked:after:content-[attr(data-host)]";

const bareWithoutScript =
  "[@media(scripting:none)]:whitespace-normal [@media(scripting:none)]:has-checked:py-2 [@media(scripting:none)]:has-checked:after:text-center [@media(scripting:none)]:has-checked:after:text-xs [@media(scripting:none)]:has-checked:after:font-medium [@media(scripting:none)]:has-checked:after:content-[attr(data-host)]";

/** Without a script the chosen tag shows the organizer's time itself; with one, "Your choice" does. */
export function TimeTag(props: TimeTagProps) {
  const { choice, formId, aside, mark, isChosen = false, isNarrow = false, isBare = false } = props;
  const { start, label, day, range, host } = choice;
  return (
    <label
      data-day={day}
      data-range={range}
      data-host={host ?? undefined}
      className={classNames(
        "group/time relative grid min-h-11 items-center rounded-md border border-control bg-raised font-semibold transition-colors hover:border-accent",
        isBare
          ? "content-center justify-items-center px-1 text-sm whitespace-nowrap has-checked:underline"
          : "auto-cols-auto grid-cols-[1.125rem_1fr] gap-x-2.5 px-3",
        "has-checked:border-accent has-checked:bg-accent has-checked:text-accent-ink",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
        "group-data-late/picker:animate-breathe group-data-late/picker:border-transparent group-data-late/picker:bg-sunken group-data-late/picker:text-transparent",
        host && (isBare ? bareWithoutScript : withoutScript),
      )}
    >
      <input
        type="radio"
        name="start"
        value={start}
        form={formId}
        defaultChecked={isChosen}
        className="peer absolute inset-0 m-0 cursor-pointer appearance-none opacity-0"
      />
      {!isBare && <Hole />}
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

/** A hole, which is a check once the time is chosen. */
function Hole() {
  return (
    <>
      <span
        aria-hidden="true"
        className="ms-0.5 size-3.5 rounded-full border border-control bg-background group-data-late/picker:invisible peer-checked:hidden"
      />
      <svg
        aria-hidden="true"
        viewBox="0 0 256 256"
        className="hidden size-4.5 fill-current peer-checked:block"
      >
        <path d="M232.49 80.49l-128 128a12 12 0 0 1-17 0l-56-56a12 12 0 1 1 17-17L96 183 215.51 63.51a12 12 0 0 1 17 17Z" />
      </svg>
    </>
  );
}
