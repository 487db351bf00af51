import { CopyIcon } from "@phosphor-icons/react/ssr";
import { useId } from "react";
import { CopyButton, type CopyWords } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";

export interface SecretWords {
  /** What it is: "API key". */
  label: string;
  copy: CopyWords;
}

/** A key or link that can't be shown again: to select by hand, or to copy by one press. */
export function SecretOnce({ secret, words }: { secret: string; words: SecretWords }) {
  const id = useId();
  return (
    <Field id={id} label={words.label}>
      {(control) => (
        <>
          <Input {...control} mono readOnly value={secret} />
          <div>
            <CopyButton {...words.copy} text={secret} icon={<Icon glyph={CopyIcon} />} />
          </div>
        </>
      )}
    </Field>
  );
}
