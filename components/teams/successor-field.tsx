import { use } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { Member } from "@/lib/teams/schema";

interface SuccessorFieldProps {
  id: string;
  members: readonly Member[];
  /** The account of the member who goes. */
  leaving: string | null;
}

/** To whom the bookings to come of someone who leaves a team go. */
export function SuccessorField({ id, members, leaving }: SuccessorFieldProps) {
  const words = translator("teams", use(getLocale()));
  const others = members.filter(({ userId, status }) => status === "active" && userId !== leaving);
  if (others.length === 0) return null;
  return (
    <Field id={id} label={words("members.successor")}>
      {(control) => (
        <Select
          {...control}
          name="successor"
          options={[
            { value: "", label: words("members.byRule") },
            ...others.map(({ userId, name, email }) => ({ value: userId ?? "", label: name ?? email })),
          ]}
        />
      )}
    </Field>
  );
}
