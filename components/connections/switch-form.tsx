import { use } from "react";
import { ButtonLink } from "@/components/ui/button";
import { ChoiceList } from "@/components/ui/choice-list";
import { FieldGroup } from "@/components/ui/field";
import { Note } from "@/components/ui/note";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ParkedSwitch } from "@/lib/connections/switch-account";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface SwitchFormProps {
  waiting: ParkedSwitch;
  from: string;
  to: string;
  action: FormAction;
}

/** Asks what becomes of the bookings in the account before, and switches. */
export function SwitchForm({ waiting, from, to, action }: SwitchFormProps) {
  const locale = use(getLocale());
  const words = translator("connections", locale);
  const { bookings: count, teamsBookings: teams } = waiting;
  const { isOpen } = waiting.from;
  const stays = teams > 0 && !waiting.to.hasTeams;
  const says = { from, to, count };
  return (
    <>
      <PostForm action={action} className="grid gap-5">
        {count > 0 && <p className="font-strong wrap-anywhere">{words("switch.bookings", says)}</p>}
        {isOpen ? (
          <FieldGroup id="choice" legend={words("switch.question", { count })}>
            <ChoiceList
              name="choice"
              defaultValue="keep"
              choices={[
                { value: "keep", label: words("switch.keep", says), hint: words("switch.keepHint", says) },
                {
                  value: "move",
                  label: words("switch.move", says),
                  hint: stays
                    ? translator("common", locale)("sentences", {
                        first: words("switch.moveHint", says),
                        second: words("switch.moveNoTeams", { ...says, teams }),
                      })
                    : words("switch.moveHint", says),
                },
              ]}
            />
          </FieldGroup>
        ) : (
          <>
            <input type="hidden" name="choice" value="keep" />
            <Note tone="warning">{words("switch.closed", says)}</Note>
          </>
        )}
        <div>
          <SubmitButton workingLabel={words("switch.working")}>{words("switch.submit", { to })}</SubmitButton>
        </div>
      </PostForm>
      <div className="flex flex-wrap gap-3 border-t border-hairline pt-4">
        {!isOpen && (
          <ButtonLink href="/api/teams/connect">{words("switch.reconnectFirst", { from })}</ButtonLink>
        )}
        <PostForm action={action} fields={{ choice: "stay" }}>
          <SubmitButton kind={isOpen ? "second" : "quiet"} workingLabel={words("switch.staying")}>
            {words("switch.stay", { from })}
          </SubmitButton>
        </PostForm>
      </div>
    </>
  );
}
