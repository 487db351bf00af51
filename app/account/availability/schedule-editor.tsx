import { saveSchedule } from "@/app/account/availability/actions";
import { ScheduleForm } from "@/components/availability/schedule-form";
import { ZoneOptions } from "@/components/availability/zone-options";
import { catalogues } from "@/lib/i18n/messages";
import { translator } from "@/lib/i18n/translator";
import type { FormValues } from "@/lib/input/form-values";
import { wallTime } from "@/lib/scheduling/zone";

const words = translator("availability");

interface ScheduleEditorProps {
  /** Null for a new one. */
  id: string | null;
  values: FormValues;
}

/** The form of one schedule, with the zones to choose from. */
export function ScheduleEditor({ id, values }: ScheduleEditorProps) {
  const timeZone = values.timeZone ?? "UTC";
  const now = Date.now();
  return (
    <ScheduleForm
      key={id}
      action={saveSchedule.bind(null, id)}
      values={values}
      words={catalogues.en.availability.form}
      zones={<ZoneOptions present={timeZone} at={now} />}
      nowThere={{ pattern: words("nowThere", { time: "{time}" }), time: wallTime(now, timeZone).time }}
      discardHref={id ? `/account/availability/${id}` : "/account/availability"}
    />
  );
}
