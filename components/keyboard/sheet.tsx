"use client";

import { type ReactNode, useEffect, useRef } from "react";

interface SheetProps {
  label?: string;
  /** The id of its title. */
  labelledBy?: string;
  close: () => void;
  children: ReactNode;
}

/** A dialog that is open while it is there. The browser keeps the focus in it, closes it with Escape, and gives the focus back. */
export function Sheet({ label, labelledBy, close, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      aria-labelledby={labelledBy}
      onClose={close}
      className="mx-auto mt-[10dvh] max-h-[80dvh] w-[min(36rem,calc(100vw-2rem))] rounded-lg border border-hairline bg-raised p-0 text-ink shadow-float backdrop:bg-veil open:grid open:animate-appear"
    >
      {children}
    </dialog>
  );
}
