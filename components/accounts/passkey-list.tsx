import { WarningIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { formatInstant } from "@/components/accounts/instant";
import { PasskeyButton } from "@/components/accounts/passkey-button";
import { passkeyWords } from "@/components/accounts/passkey-words";
import { Badge } from "@/components/ui/badge";
import { Confirm } from "@/components/ui/confirm";
import { Input } from "@/components/ui/input";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { readClock } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import type { Passkey } from "@/lib/identities/passkeys";
import { getLocale } from "@/lib/reader/locale";

interface PasskeyListProps {
  passkeys: readonly Passkey[];
  /** Whether more can be added; where not, those that there are can still be taken away. */
  isOffered: boolean;
  rename: FormAction;
  remove: FormAction;
}

/** An account's passkeys, each with a way to rename and to remove it, and a way to add one. */
export function PasskeyList({ passkeys, isOffered, rename, remove }: PasskeyListProps) {
  const locale = use(getLocale());
  const words = translator("account", locale);
  return (
    <div className="grid gap-5">
      {passkeys.length === 0 && <p className="text-sm text-muted">{words("security.passkeysNone")}</p>}
      {passkeys.length > 0 && (
        <ul className="grid divide-y divide-hairline">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} rename={rename} remove={remove} />
          ))}
        </ul>
      )}
      {isOffered && (
        <div className="max-w-112">
          <PasskeyButton
            purpose="add"
            returnTo="/account/security"
            name={{ label: words("security.passkeyName"), value: words("security.passkeyNameDefault") }}
            words={passkeyWords("add", locale)}
          />
          <noscript>
            <p className="text-sm text-muted">{words("security.passkeyScript")}</p>
          </noscript>
        </div>
      )}
    </div>
  );
}

interface PasskeyRowProps extends Pick<PasskeyListProps, "rename" | "remove"> {
  passkey: Passkey;
}

function PasskeyRow({ passkey, rename, remove }: PasskeyRowProps) {
  const locale = use(getLocale());
  const words = translator("account", locale);
  const clock = use(readClock());
  const { id, name, isSynced, copiedAt, createdAt, lastUsedAt } = passkey;
  const day = formatInstant(createdAt, clock, locale);
  return (
    <li className="grid gap-3 py-3 first:pt-0 last:pb-0">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-semibold wrap-anywhere">
            {name}
            {copiedAt && (
              <Badge tone="danger" glyph={WarningIcon}>
                {words("security.passkeyCopied")}
              </Badge>
            )}
          </p>
          <p className="text-sm">{words(isSynced ? "security.passkeySynced" : "security.passkeyAlone")}</p>
          <p className="text-sm text-muted">
            {lastUsedAt
              ? words("security.passkeyUsed", { day, used: formatInstant(lastUsedAt, clock, locale) })
              : words("security.passkeyUnused", { day })}
          </p>
        </div>
        <Confirm
          trigger={words("security.passkeyRemove")}
          triggerLabel={words("security.passkeyRemoveLabel", { name })}
          triggerLook={{ kind: "quiet-danger", size: "sm" }}
          title={words("security.passkeyRemoveTitle", { name })}
          keepLabel={words("security.passkeyKeep")}
          confirmLabel={words("security.passkeyRemove")}
          workingLabel={words("security.passkeyRemoving")}
          action={remove}
          fields={{ id }}
        >
          <p>{words("security.passkeyRemoveText")}</p>
        </Confirm>
      </div>
      <details>
        <summary className="w-fit cursor-pointer text-sm">{words("security.passkeyRename")}</summary>
        <PostForm action={rename} fields={{ id }} className="mt-2 flex max-w-112 items-center gap-3">
          <Input
            name="name"
            aria-label={words("security.passkeyRenameLabel", { name })}
            defaultValue={name}
            maxLength={100}
            required
            autoComplete="off"
          />
          <SubmitButton kind="second" size="sm" workingLabel={words("profile.saving")}>
            {words("profile.save")}
          </SubmitButton>
        </PostForm>
      </details>
    </li>
  );
}
