"use client";

import { type ReactNode, useState } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";

interface DialogProps {
  /** The words of the button that opens it. */
  trigger: string;
  triggerLook?: ButtonLook;
  triggerIcon?: ReactNode;
  title: ReactNode;
  children: ReactNode;
  /** "Close". */
  closeLabel: string;
}

/** Something to read or fill in, over the page. What must work without JavaScript has a page of its own. */
export function Dialog({ trigger, triggerLook, triggerIcon, title, children, closeLabel }: DialogProps) {
  const [open, setOpen] = useState(false);
  const opener = (
    <Button {...triggerLook} icon={triggerIcon}>
      {trigger}
    </Button>
  );
  return (
    <DialogFrame trigger={opener} open={open} onOpenChange={setOpen} title={title}>
      {children}
      <div className="flex justify-end">
        <Button onClick={() => setOpen(false)}>{closeLabel}</Button>
      </div>
    </DialogFrame>
  );
}
