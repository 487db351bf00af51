import { use } from "react";
import { actionWords } from "@/components/audit/action-words";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { auditActions } from "@/lib/audit/actions";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface AuditFilterFormProps {
  /** The page's own path. */
  action: string;
  values: { who: string; action: string; from: string; to: string };
  /** The whole log; null where nothing is narrowed down. */
  clearHref: string | null;
}

/** Narrows the log down: a plain form whose answer has an address of its own. */
export function AuditFilterForm({ action, values, clearHref }: AuditFilterFormProps) {
  const locale = use(getLocale());
  const words = translator("audit", locale);
  const actions = auditActions.map((value) => ({ value, label: actionWords(value, locale) }));
  actions.sort((a, b) => a.label.localeCompare(b.label, locale));
  return (
    <search>
      <form
        action={action}
        className="grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
      >
        <Field id="audit-who" label={words("who")} className="max-lg:col-span-2">
          {(control) => (
            <Input {...control} type="search" name="who" defaultValue={values.who} maxLength={100} />
          )}
        </Field>
        <Field id="audit-action" label={words("action")} className="max-lg:col-span-2">
          {(control) => (
            <Select
              {...control}
              name="action"
              options={[{ value: "", label: words("anyAction") }, ...actions]}
              defaultValue={values.action}
            />
          )}
        </Field>
        {(["from", "to"] as const).map((name) => (
          <Field key={name} id={`audit-${name}`} label={words(name)}>
            {(control) => <Input {...control} type="date" name={name} defaultValue={values[name]} />}
          </Field>
        ))}
        <div className="flex flex-wrap gap-3 max-lg:col-span-2">
          <Button type="submit">{words("find")}</Button>
          {clearHref && (
            <ButtonLink kind="quiet" href={clearHref}>
              {words("clear")}
            </ButtonLink>
          )}
        </div>
      </form>
    </search>
  );
}
