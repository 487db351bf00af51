import { TrashIcon } from "@phosphor-icons/react/ssr";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";

interface RemoveRowProps {
  /** The row's name in the form: `travel.0`. */
  row: string;
  label: string;
  className: string;
}

/** Takes a row out of the form. */
export function RemoveRow({ row, label, className }: RemoveRowProps) {
  return (
    <Button
      type="submit"
      name="intent"
      value={`remove:${row}`}
      kind="quiet"
      square
      aria-label={label}
      className={`${className} text-muted`}
    >
      <Icon glyph={TrashIcon} />
    </Button>
  );
}
