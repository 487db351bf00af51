import { use } from "react";
import type { ButtonKind } from "@/components/ui/button";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface AskAdministratorProps {
  action: FormAction;
  /** Where the organizer goes on once they are connected. */
  returnTo: string;
  kind: ButtonKind;
  flush?: boolean;
}

/** Prepares the link for an administrator, and leads to it. */
export function AskAdministrator({ action, returnTo, kind, flush = false }: AskAdministratorProps) {
  const words = translator("connections", use(getLocale()));
  return (
    <PostForm action={action} fields={{ returnTo }}>
      <SubmitButton kind={kind} flush={flush} workingLabel={words("approval.asking")}>
        {words("approval.ask")}
      </SubmitButton>
    </PostForm>
  );
}
