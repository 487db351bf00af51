import { use } from "react";
import { Arrival } from "@/components/ui/arrival";
import { Note } from "@/components/ui/note";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Blocked } from "@/lib/booking/block-sender";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface HeldBackHeadProps {
  /** The sender who was blocked just now; null: none was. */
  blocked: Blocked | null;
  /** A block was taken back just now. */
  isUndone: boolean;
  undo: FormAction;
}

/** Above the bookings that are held back: what they are, and what came of the last thing that was done. */
export function HeldBackHead({ blocked, isUndone, undo }: HeldBackHeadProps) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const blockWords = translator("blocks", locale);
  return (
    <div className="grid gap-4">
      {blocked && <BlockedNote {...blocked} undo={undo} />}
      {isUndone && !blocked && (
        <Arrival>
          <Note tone="success" title={blockWords("undone.title")}>
            {blockWords("undone.text")}
          </Note>
        </Arrival>
      )}
      <div className="grid gap-1">
        <h2 className="text-lg">{words("unconfirmed.listTitle")}</h2>
        <p className="max-w-[68ch] text-sm text-muted">{words("unconfirmed.listText")}</p>
        <p className="text-sm">
          <a href="/account/bookings/blocked">{blockWords("title")}</a>
        </p>
      </div>
    </div>
  );
}

function BlockedNote({ block: { id, value }, rejected, undo }: Blocked & { undo: FormAction }) {
  const words = translator("blocks", use(getLocale()));
  return (
    <Arrival>
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
