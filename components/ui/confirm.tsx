"use client";

import { type ReactNode, useRef, useState } from "react";
import { Button, type ButtonLook, buttonClass } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { useHydrated } from "@/components/ui/use-hydrated";

interface ConfirmProps {
  /** The words of the button that asks: "Disconnect". */
  trigger: string;
  triggerLook?: ButtonLook;
  triggerIcon?: ReactNode;
  /** Adds whom to a repeated button: "Remove the key Laptop". */
  triggerLabel?: string;
  /** The question: "Disconnect Microsoft Teams?" */
  title: string;
  /** The consequences as sentences with numbers, and further fields of the form if it has any. */
  children: ReactNode;
  /** The safe choice: "Keep connected". It comes first and has the focus. */
  keepLabel: string;
  /** The verb itself, never "OK". */
  confirmLabel: string;
  /** The verb in progress: "Disconnecting". */
  workingLabel: string;
  action: FormAction;
  fields?: Readonly<Record<string, string>>;
}

/**
 * A button that asks before it does. Before JavaScript is there, the same question unfolds below the button and its form
 * works all the same.
 */
export function Confirm(props: ConfirmProps) {
  const { trigger, triggerLook = { kind: "danger" }, triggerIcon, triggerLabel, title } = props;
  const [open, setOpen] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  if (!useHydrated()) {
    return (
      <details className="min-w-0 open:w-full">
        <summary aria-label={triggerLabel} className={buttonClass(triggerLook)}>
          {triggerIcon}
          {trigger}
        </summary>
        <div className="mt-2 grid max-w-120 gap-4 rounded-lg border border-hairline bg-raised p-6">
          <p className="text-lg font-title">{title}</p>
          <Question {...props} />
        </div>
      </details>
    );
  }
  const opener = (
    <Button {...triggerLook} icon={triggerIcon} aria-label={triggerLabel}>
      {trigger}
    </Button>
  );
  const stay = (
    <Button ref={keep} onClick={() => setOpen(false)}>
      {props.keepLabel}
    </Button>
  );
  return (
    <DialogFrame
      trigger={opener}
      open={open}
      onOpenChange={setOpen}
      title={title}
      focusFirst={() => keep.current}
    >
      <Question {...props} action={closing(props.action, () => setOpen(false))} stay={stay} />
    </DialogFrame>
  );
}

interface QuestionProps
  extends Pick<ConfirmProps, "action" | "fields" | "children" | "confirmLabel" | "workingLabel"> {
  stay?: ReactNode;
}

function Question({ action, fields, children, confirmLabel, workingLabel, stay }: QuestionProps) {
  return (
    <PostForm action={action} fields={fields} className="grid gap-6">
      <div className="grid gap-2.5 text-sm">{children}</div>
      <div className="flex flex-col gap-3 sm:flex-row sm:justify-end">
        {stay}
        <SubmitButton kind="danger-fill" workingLabel={workingLabel}>
          {confirmLabel}
        </SubmitButton>
      </div>
    </PostForm>
  );
}

/** An action that stays on the page leaves no dialog open behind it. */
function closing(action: FormAction, close: () => void): FormAction {
  if (typeof action === "string") return action;
  return async (formData) => {
    await action(formData);
    close();
  };
}
