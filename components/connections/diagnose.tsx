import { use } from "react";
import { DiagnoseForm } from "@/components/connections/diagnose-form";
import type { DiagnosisState } from "@/components/connections/diagnosis-state";
import { copyWords } from "@/components/layout/copy-words";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export type DiagnoseAction = (state: DiagnosisState, formData: FormData) => Promise<DiagnosisState>;

interface DiagnoseProps {
  action: DiagnoseAction;
  /** Whose connection, where it is not one's own. */
  userId?: string;
}

/** The button that has a connection looked at, with its words. */
export function Diagnose({ action, userId }: DiagnoseProps) {
  const locale = use(getLocale());
  const words = translator("connections", locale);
  return (
    <DiagnoseForm
      action={action}
      {...(userId && { hidden: { userId } })}
      words={{
        label: words("diagnose.label"),
        working: words("diagnose.working"),
        hint: words("diagnose.hint"),
        copy: copyWords(locale, words("diagnose.copy")),
      }}
    />
  );
}
