import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";

interface RowButtonProps {
  action: FormAction;
  /** Of the row. */
  id: string;
  /** The whole sentence, with the name of the row. */
  label: string;
  workingLabel: string;
  /** The verb. */
  children: string;
}

/** What can be done with one row of a list, at the row's end. */
export function RowButton({ action, id, label, workingLabel, children }: RowButtonProps) {
  return (
    <PostForm action={action} fields={{ id }}>
      <SubmitButton kind="quiet" size="sm" flush aria-label={label} workingLabel={workingLabel}>
        {children}
      </SubmitButton>
    </PostForm>
  );
}
