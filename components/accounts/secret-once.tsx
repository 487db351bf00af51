"use client";

import { CopyIcon } from "@phosphor-icons/react/ssr";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";

interface SecretOnceProps {
  secret: string;
  words: { label: string; copy: string; copied: string; failed: string };
}

/** A key or link that can't be shown again: to select by hand, or to copy by one press. */
export function SecretOnce({ secret, words }: SecretOnceProps) {
  const id = useId();
  const [said, say] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      say(words.copied);
    } catch {
      say(words.failed);
    }
  };
  return (
    <div className="mt-2 grid gap-1.5">
      <label htmlFor={id}>{words.label}</label>
      <div className="flex gap-2">
        <Input id={id} mono readOnly value={secret} onFocus={(event) => event.currentTarget.select()} />
        <Button onClick={copy} icon={<Icon glyph={CopyIcon} />}>
          {words.copy}
        </Button>
      </div>
      <p role="status" className="min-h-5">
        {said}
      </p>
    </div>
  );
}
