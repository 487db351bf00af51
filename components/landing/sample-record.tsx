import { use } from "react";
import { FlightRecorder, type FlightStep } from "@/components/booking-page/flight-recorder";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** What the record of a booking looks like, with a sample's figures. */
export function SampleRecord() {
  const words = translator("landing", use(getLocale()));
  const took = (milliseconds: number) => ({
    milliseconds,
    text:
      milliseconds < 1000
        ? words("record.milliseconds", { value: milliseconds })
        : words("record.seconds", { value: milliseconds / 1000 }),
  });
  const steps: FlightStep[] = [
    { ...at("07.114"), state: "noted", sentence: words("record.asked") },
    {
      ...at("07.131"),
      state: "done",
      sentence: words("record.free"),
      call: answered("GET", "/me/calendarView", "200"),
      took: took(184),
    },
    { ...at("07.322"), state: "done", sentence: words("record.stored"), took: took(7) },
    {
      ...at("07.583"),
      state: "done",
      sentence: words("record.made"),
      call: answered("POST", "/me/events", "201"),
      took: took(412),
    },
    {
      ...at("07.997"),
      state: "done",
      sentence: words("record.read"),
      call: answered("GET", "/me/events/AAMk…Zg=", "200"),
      took: took(126),
    },
    {
      ...at("08.184"),
      state: "verified",
      milestone: true,
      sentence: words("record.verified"),
      took: took(1070),
    },
  ];
  return (
    <FlightRecorder
      groups={[{ key: "booked", title: words("record.booked"), note: words("record.bookedNote"), steps }]}
    />
  );
}

function at(seconds: string) {
  return { key: seconds, at: `2026-11-30T19:02:${seconds}Z`, clock: `20:02:${seconds}` };
}

function answered(method: string, path: string, status: string) {
  return [{ text: method }, { text: path, strong: true }, { text: status }];
}
