import { use } from "react";
import { NoticePage } from "@/components/layout/notice-page";
import { Note } from "@/components/ui/note";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** A visitor's link that another one has replaced. It says nothing about what it led to. */
export function ReplacedLink({
  action,
  token,
  isSent,
}: {
  action: FormAction;
  token: string;
  isSent: boolean;
}) {
  const words = translator("booking", use(getLocale()));
  return (
    <NoticePage title={words("replaced.title")} lead={words("replaced.lead")}>
      {isSent ? (
        <Note tone="success" role="status" title={words("replaced.sent")}>
          {words("replaced.sentHint")}
        </Note>
      ) : (
        <PostForm action={action} fields={{ token }}>
          <SubmitButton kind="primary" workingLabel={words("replaced.working")}>
            {words("replaced.submit")}
          </SubmitButton>
        </PostForm>
      )}
    </NoticePage>
  );
}
