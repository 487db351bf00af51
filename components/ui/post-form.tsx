"use client";

import type { ReactNode } from "react";
import { acrossBuilds } from "@/components/ui/across-builds";
import { useHydrated } from "@/components/ui/use-hydrated";

/** A server action, or the address of a route that takes POST. */
export type FormAction = string | ((formData: FormData) => void | Promise<void>);

interface PostFormProps {
  action: FormAction;
  /** Values that travel unseen: ids, never secrets. */
  fields?: Readonly<Record<string, string>> | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A form that changes something, with or without JavaScript. */
export function PostForm({ action, fields = {}, className, children }: PostFormProps) {
  const isHydrated = useHydrated();
  const careful = isHydrated && typeof action === "function" ? acrossBuilds(action) : action;
  return (
    <form action={careful} method={typeof action === "string" ? "post" : undefined} className={className}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
