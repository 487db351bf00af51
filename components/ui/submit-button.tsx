"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "@/components/ui/button";

interface SubmitButtonProps extends Omit<ButtonProps, "type" | "isWorking" | "workingLabel"> {
  /** The verb in progress, shown while the form is on its way: "Saving". */
  workingLabel: string;
}

/** Sends the form around it, and shows the verb in progress until the answer is there. */
export function SubmitButton({ kind = "primary", workingLabel, ...rest }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return <Button {...rest} kind={kind} type="submit" workingLabel={workingLabel} isWorking={pending} />;
}
