"use client";

import * as Radix from "radix-ui/toast";
import type { ReactNode } from "react";
import { useHydrated } from "@/components/ui/use-hydrated";

interface ToastProps {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  /** "Close". */
  closeLabel: string;
  /** The name of the corner where toasts appear: "Messages". */
  regionLabel: string;
}

const sixSeconds = 6000;

/**
 * A word in passing, for what can also be seen elsewhere on the page; errors never. It stays while hovered or focused.
 * Nothing of it is in the page as sent, so nothing is lost where scripts do not run.
 */
export function Toast({ title, children, icon, closeLabel, regionLabel }: ToastProps) {
  if (!useHydrated()) return null;
  return (
    <Radix.Provider duration={sixSeconds} label={regionLabel} swipeDirection="right">
      <Radix.Root
        type="background"
        className="flex w-96 max-w-[calc(100vw-2rem)] animate-appear items-start gap-2.5 rounded-lg border border-hairline bg-raised py-3 pr-2 pl-4 text-sm shadow-float"
      >
        {icon && <span className="mt-px text-success">{icon}</span>}
        <div className="min-w-0 grow">
          <Radix.Title className="font-semibold">{title}</Radix.Title>
          {children && <Radix.Description asChild>{<div>{children}</div>}</Radix.Description>}
        </div>
        <Radix.Close
          aria-label={closeLabel}
          className="-my-1 grid size-8 shrink-0 place-items-center rounded-md text-muted hover:text-ink"
        >
          <svg width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true">
            <path d="m4 4 8 8m0-8-8 8" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
          </svg>
        </Radix.Close>
      </Radix.Root>
      <Radix.Viewport className="fixed right-4 bottom-19 z-30 grid gap-2 outline-none md:right-6 md:bottom-6" />
    </Radix.Provider>
  );
}
