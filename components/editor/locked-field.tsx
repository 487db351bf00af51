import { LockSimpleIcon } from "@phosphor-icons/react/ssr";
import type { ReactNode } from "react";
import type { Editor } from "@/components/editor/editor-form";
import { Icon } from "@/components/ui/icon";

interface FieldProps {
  editor: Pick<Editor, "values" | "locked">;
  /** The field's name. */
  name: string;
}

/** Whether others decide about a field. */
export function isLocked({ locked }: FieldProps["editor"], name: string): boolean {
  return locked?.has(name) ?? false;
}

/** A field's label, with a lock where others decide about the field. */
export function labelOf({ editor, name }: FieldProps, label: ReactNode): ReactNode {
  if (!editor.locked?.has(name)) return label;
  return (
    <>
      {label}
      <span data-lock="" className="ms-1.5 inline-flex align-[-0.15em] text-muted">
        <Icon glyph={LockSimpleIcon} size={16} />
        <span className="sr-only">{` (${editor.locked.words})`}</span>
      </span>
    </>
  );
}

/** A browser leaves out what can't be used: this sends what it holds. */
export function LockedValue({ editor, name }: FieldProps) {
  const value = editor.values[name];
  return isLocked(editor, name) && value !== undefined && <input type="hidden" name={name} value={value} />;
}
