import { use } from "react";
import { Instant } from "@/components/accounts/instant";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { readManaged } from "@/lib/connections/managed";
import { translator } from "@/lib/i18n/translator";
import type { ManagedStatus } from "@/lib/meetings/sign-in-port";
import { getLocale } from "@/lib/reader/locale";

interface ManagedMailboxProps {
  mailbox: NonNullable<Awaited<ReturnType<typeof readManaged>>>;
  action: FormAction;
}

/** What the last test of someone's managed mailbox found, and what an admin can do about it. */
export function ManagedMailbox({ mailbox, action }: ManagedMailboxProps) {
  const words = translator("admin", use(getLocale()));
  const { userId, isInUse, isOther, detail, testedAt } = mailbox;
  // The database takes no other.
  const status = mailbox.status as ManagedStatus;
  const isOpen = status === "allowed" || status === "no_teams" || status === "no_teams_policy";
  return (
    <section aria-labelledby="managed" className="grid gap-3 border-t border-hairline pt-5">
      <h3 id="managed">{words("managed.title")}</h3>
      <p className="text-sm">
        <strong className="block">{words(`managed.status.${status}.short`)}</strong>
        {words(`managed.status.${status}.text`)} {detail && <code>{detail}</code>}
      </p>
      <p className="text-sm text-muted">
        {words("managed.tested")} <Instant at={testedAt} />.{" "}
        {words(`managed.${isInUse ? "inUse" : isOther ? "other" : "notInUse"}`)}
      </p>
      <div className="flex flex-wrap gap-3">
        <PostForm action={action} fields={{ userId, takesOver: "false" }}>
          <SubmitButton kind="second" workingLabel={words("managed.testing")}>
            {words("managed.test")}
          </SubmitButton>
        </PostForm>
        {isOpen && !isInUse && !isOther && (
          <PostForm action={action} fields={{ userId, takesOver: "true" }}>
            <SubmitButton kind="second" workingLabel={words("managed.taking")}>
              {words("managed.take")}
            </SubmitButton>
          </PostForm>
        )}
      </div>
    </section>
  );
}
