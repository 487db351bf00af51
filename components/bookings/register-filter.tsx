import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { translator } from "@/lib/i18n/translator";

interface RegisterFilterProps {
  /** The page's own path. */
  action: string;
  /** What stays as it is. */
  fields: Readonly<Record<string, string>>;
  eventTypes: readonly { id: string; title: string }[];
  eventType: string | undefined;
  meeting: string | undefined;
}

const meetings = ["verified", "missing", "elsewhere"] as const;

/** Narrows the register down: a plain form whose answer has an address of its own. */
export function RegisterFilter({ action, fields, eventTypes, eventType, meeting }: RegisterFilterProps) {
  const words = translator("bookings");
  return (
    <form action={action} className="flex flex-wrap gap-3">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Select
        name="eventType"
        aria-label={words("filter.eventType")}
        defaultValue={eventType ?? ""}
        className="grow basis-full sm:max-w-56 sm:basis-auto"
        options={[
          { value: "", label: words("filter.allEventTypes") },
          ...eventTypes.map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
      <Select
        name="meeting"
        aria-label={words("filter.meeting")}
        defaultValue={meeting ?? ""}
        className="grow"
        options={[
          { value: "", label: words("filter.anyMeeting") },
          ...meetings.map((value) => ({ value, label: words(`filter.${value}`) })),
        ]}
      />
      <Button type="submit">{words("filter.apply")}</Button>
    </form>
  );
}
