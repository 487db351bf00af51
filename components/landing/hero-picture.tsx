import { use } from "react";
import { MeetingBadge } from "@/components/booking-page/meeting-badge";
import { KeyRack, type RackTime } from "@/components/layout/key-rack";
import { Tag, TwoClocks } from "@/components/ui/tag";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const clocks = ["09:00", "11:00", "13:30", "15:30", "16:00"];

/** Which of the clocks are free: `-` is taken, `o` free, `x` the one handed out. */
const rack = [
  ["monday", "-oo-o"],
  ["tuesday", "o--oo"],
  ["wednesday", "oo-x-"],
  ["thursday", "-ooo-"],
] as const;

/** A week of keys, and the tag for the one that was taken. */
export function HeroPicture() {
  const words = translator("landing", use(getLocale()));
  return (
    <div className="relative">
      <KeyRack
        days={rack.map(([day, states]) => ({
          name: words(`rack.days.${day}`),
          times: clocks.map((clock, index) => ({ clock, state: stateOf(states[index]) })),
        }))}
      />
      <figure className="mx-auto -mt-20 w-[min(27rem,calc(100%-1.5rem))] lg:-ms-8">
        <Tag
          size="sm"
          className="shadow-float [--tag-paper:var(--raised)] [--under-tag:var(--background)]"
          below={<p className="text-sm text-muted">{words("sample.join")}</p>}
        >
          <div className="grid gap-3">
            <MeetingBadge state="ready" />
            <div>
              <p className="text-lg font-title tracking-lg">{words("sample.what")}</p>
              <p className="text-sm text-muted">{words("sample.day")}</p>
            </div>
            <TwoClocks
              clocks={[
                { place: words("sample.visitor"), clock: "09:30–10:00" },
                { place: words("sample.organizer"), clock: "15:30–16:00" },
              ]}
            />
          </div>
        </Tag>
        <figcaption className="mt-2 px-5 text-sm text-muted">{words("sample.label")}</figcaption>
      </figure>
    </div>
  );
}

function stateOf(letter: string | undefined): RackTime["state"] {
  if (letter === "x") return "chosen";
  return letter === "o" ? "free" : "taken";
}
