import { use } from "react";
import { Panel } from "@/components/ui/panel";
import type { GivenAnswer } from "@/lib/booking-record/given-answers";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface BookingAnswersProps {
  answers: GivenAnswer[];
  visitorName: string;
}

/** What the visitor wrote, question by question. */
export function BookingAnswers({ answers, visitorName }: BookingAnswersProps) {
  const words = translator("bookings", use(getLocale()));
  const say = (answer: GivenAnswer["answer"]) => {
    if (typeof answer === "boolean") return words(answer ? "booking.yes" : "booking.no");
    return Array.isArray(answer) ? answer.join(", ") : answer;
  };
  return (
    <Panel aria-labelledby="answers" className="grid gap-4">
      <h2 id="answers" className="text-lg">
        {words("booking.answers", { name: visitorName })}
      </h2>
      <dl className="grid gap-4">
        {answers.map(({ label, answer }) => (
          <div key={label}>
            <dt className="text-sm text-muted">{label}</dt>
            <dd className="max-w-[68ch] wrap-anywhere whitespace-pre-line">{say(answer)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
