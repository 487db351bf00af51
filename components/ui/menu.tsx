"use client";

import * as Radix from "@radix-ui/react-dropdown-menu";
import { type ReactNode, startTransition } from "react";
import { buttonClass } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";

export type MenuItem =
  | { label: string; icon?: ReactNode; href: string; danger?: boolean }
  | {
      label: string;
      icon?: ReactNode;
      action: (formData: FormData) => void | Promise<void>;
      fields?: Readonly<Record<string, string>>;
      danger?: boolean;
    };

interface MenuProps {
  /** Says for whom: "More for Nora Byrne, 10:30". */
  label: string;
  items: readonly MenuItem[];
}

/**
 * What else can be done with a row, behind three dots. Everything in it can also be reached through the row's own link,
 * and what destroys leads to a page or dialog that asks.
 */
export function Menu({ label, items }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger
        aria-label={label}
        className={classNames(buttonClass({ kind: "quiet", square: true }), "needs-script text-muted")}
      >
        <svg width="20" height="20" viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
          <circle cx="4.5" cy="10" r="1.4" />
          <circle cx="10" cy="10" r="1.4" />
          <circle cx="15.5" cy="10" r="1.4" />
        </svg>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-20 min-w-48 animate-appear rounded-lg border border-hairline bg-raised p-1.5 shadow-float"
        >
          {items.map((item) => (
            <Item key={item.label} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  const look = classNames(
    "flex min-h-10 cursor-pointer items-center gap-2.5 rounded-md px-3 text-sm font-medium no-underline outline-none",
    "data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-transparent",
    item.danger
      ? "text-danger hover:text-danger data-highlighted:bg-danger-tint"
      : "text-ink hover:text-accent-strong data-highlighted:bg-accent-tint data-highlighted:text-accent-strong",
  );
  if ("href" in item) {
    return (
      <Radix.Item asChild>
        <a href={item.href} className={look}>
          {item.icon}
          {item.label}
        </a>
      </Radix.Item>
    );
  }
  const run = () => startTransition(() => item.action(toFormData(item.fields)));
  return (
    <Radix.Item className={look} onSelect={run}>
      {item.icon}
      {item.label}
    </Radix.Item>
  );
}

function toFormData(fields: Readonly<Record<string, string>> = {}): FormData {
  const formData = new FormData();
  for (const [name, value] of Object.entries(fields)) formData.set(name, value);
  return formData;
}
