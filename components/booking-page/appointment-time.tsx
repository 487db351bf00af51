import { type ComponentProps, use } from "react";
import { TwoClocks } from "@/components/booking-page/two-clocks";
import { longDayName } from "@/lib/format/spoken-time";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface AppointmentTimeProps extends Omit<ComponentProps<typeof TwoClocks>, "start" | "end"> {
  booking: { startsAt: Date; endsAt: Date };
  /** The look of the day's line. */
  dayClassName?: string;
}

/** When an appointment is: the day where its reader is, and the time on both clocks. */
export function AppointmentTime({ booking, dayClassName, ...clocks }: AppointmentTimeProps) {
  const [start, end] = [booking.startsAt.getTime(), booking.endsAt.getTime()];
  return (
    <>
      <p className={dayClassName}>{longDayName(localDateOf(start, clocks.visitorZone), use(getLocale()))}</p>
      <TwoClocks {...clocks} start={start} end={end} />
    </>
  );
}
