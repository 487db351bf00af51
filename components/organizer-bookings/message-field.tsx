import { use } from "react";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** A few words that go out with a decision. */
export function MessageField({ id, label, hint }: { id: string; label: string; hint?: string }) {
  return (
    <Field id={id} label={label} optional={translator("common", use(getLocale()))("optional")} hint={hint}>
      {(control) => <Textarea {...control} name="message" maxLength={1000} />}
    </Field>
  );
}
