import { use } from "react";
import { Arrival } from "@/components/ui/arrival";
import { Note } from "@/components/ui/note";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Blocked } from "@/lib/booking/block-sender";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** A sender was blocked just now: what came of it, and the way back. */
export function BlockedNote({ block: { id, value }, rejected, undo }: Blocked & { undo: FormAction }) {
  const words = translator("blocks", use(getLocale()));
  return (
    <Arrival key={id}>
      <Note tone="success" title={<span className="wrap-anywhere">{words("blocked.title", { value })}</span>}>
        <p>{words("blocked.text", { rejected })}</p>
        <PostForm action={undo} fields={{ id }} className="mt-2">
          <SubmitButton
            kind="second"
            size="sm"
            aria-label={words("blocked.undoName", { value })}
            workingLabel={words("blocked.undoing")}
          >
            {words("blocked.undo")}
          </SubmitButton>
        </PostForm>
      </Note>
    </Arrival>
  );
}

/** A block was taken back just now. */
export function UnblockedNote() {
  const words = translator("blocks", use(getLocale()));
  return (
    <Arrival key="unblocked">
      <Note tone="success" title={words("undone.title")}>
        <p>{words("undone.text")}</p>
      </Note>
    </Arrival>
  );
}
