"use client";

import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode } from "react";

interface DialogFrameProps {
  /** The button that opens it and gets the focus back. */
  trigger: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question. */
  title: ReactNode;
  /** What takes the focus first; by default the first thing that can. */
  focusFirst?: () => HTMLElement | null;
  children: ReactNode;
}

/** The floating sheet: 480 pixels wide, from below on phones. Escape closes it and the focus returns. */
export function DialogFrame(props: DialogFrameProps) {
  const { trigger, open, onOpenChange, title, focusFirst, children } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        {/* Not Radix's overlay: that one locks scrolling with a style element, which the page's policy refuses. */}
        <div data-veil="" className="fixed inset-0 z-20 animate-appear bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            const target = focusFirst?.();
            if (!target) return;
            event.preventDefault();
            target.focus();
          }}
          className="fixed inset-x-0 bottom-0 z-30 grid max-h-[calc(100dvh-2rem)] animate-appear gap-4 overflow-y-auto rounded-t-lg border border-hairline bg-raised p-6 pb-[calc(1.5rem+env(safe-area-inset-bottom))] shadow-float outline-none md:top-1/2 md:bottom-auto md:mx-auto md:w-120 md:-translate-y-1/2 md:rounded-lg md:pb-6"
        >
          <Radix.Title className="text-lg">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
