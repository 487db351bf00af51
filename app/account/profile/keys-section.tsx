import { cookies } from "next/headers";
import { listKeys } from "@/app/account/commands/list-keys";
import { chooseSingleKeys } from "@/app/account/profile/actions";
import { KeyList } from "@/components/keyboard/key-list";
import { areSingleKeysOn, singleKeysCookie } from "@/components/keyboard/keys";
import { FormPanel } from "@/components/ui/form-panel";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** The keys, and the choice to do without those that are no more than one key. */
export async function KeysSection() {
  const locale = await getLocale();
  const words = translator("account", locale);
  const on = areSingleKeysOn((await cookies()).get(singleKeysCookie)?.value);
  return (
    <div id="keys" className="scroll-mt-6">
      <FormPanel title={words("keyboard.title")} lead={words("keyboard.lead")}>
        <div className="grid gap-4">
          <KeyList lines={listKeys(locale)} />
          <p className="text-sm font-semibold">{words(on ? "keyboard.on" : "keyboard.off")}</p>
          <PostForm action={chooseSingleKeys} fields={{ on: String(!on) }}>
            <SubmitButton kind="second" workingLabel={words("keyboard.saving")}>
              {words(on ? "keyboard.turnOff" : "keyboard.turnOn")}
            </SubmitButton>
          </PostForm>
        </div>
      </FormPanel>
    </div>
  );
}
