import { use } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { NextSecret } from "@/lib/registration/next-secret";

/** The end of a change of secrets: the second one moves up. */
export function RotationPanel({
  next,
  isFromEnvironment,
  action,
}: {
  /** Its status. */
  next: NextSecret;
  isFromEnvironment: boolean;
  action: FormAction;
}) {
  const words = translator("admin", use(getLocale()));
  return (
    <Panel aria-labelledby="rotation" className="grid content-start gap-4">
      <div>
        <h2 id="rotation" className="text-lg">
          {words("setup.rotation.title")}
        </h2>
        <p className={next === "refused" ? "text-sm text-danger" : "text-sm"}>
          {words("setup.rotation.state", { next })}
        </p>
        <p className="text-sm text-muted">
          {words(`setup.rotation.${isFromEnvironment ? "environment" : "text"}`)}
        </p>
      </div>
      {!isFromEnvironment && next !== "refused" && (
        <PostForm action={action} className="flex flex-wrap items-end gap-3">
          <Field id="last-day" label={words("setup.rotation.expiresOn")}>
            {(control) => <Input {...control} type="date" name="lastDay" />}
          </Field>
          <SubmitButton kind="second" workingLabel={words("setup.rotation.promoting")}>
            {words("setup.rotation.promote")}
          </SubmitButton>
        </PostForm>
      )}
    </Panel>
  );
}
