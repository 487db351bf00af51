import type { Metadata } from "next";
import {
  changePasswordAction,
  removePasskeyAction,
  removePasswordAction,
  renamePasskeyAction,
  signDeviceOut,
  signEverythingOut,
  unlinkIdentity,
} from "@/app/account/security/actions";
import { readParameter, readParameters, type SearchParameters } from "@/app/search-parameters";
import { AccountForm } from "@/components/accounts/account-form";
import { DeviceList } from "@/components/accounts/device-list";
import { KeyUse } from "@/components/accounts/key-use";
import { LinkedAccounts } from "@/components/accounts/linked-accounts";
import { PasskeyList } from "@/components/accounts/passkey-list";
import { SignInProblemNote } from "@/components/accounts/sign-in-problem";
import { OwnActivity } from "@/components/audit/own-activity";
import { Confirm } from "@/components/ui/confirm";
import { FormPanel } from "@/components/ui/form-panel";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { listActivity } from "@/lib/accounts/activity";
import { hasPassword } from "@/lib/accounts/change-password";
import { listDevices } from "@/lib/accounts/devices";
import { listApiKeys } from "@/lib/auth/api-keys";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { listLinked } from "@/lib/identities/linked";
import { listPasskeys } from "@/lib/identities/passkeys";
import { readSignInProblem } from "@/lib/identities/problem-address";
import { listWaysIn } from "@/lib/identities/ways-in";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { title: words("security.title") };
}

export default async function SecurityPage({ searchParams }: { searchParams: SearchParameters }) {
  const words = translator("account", await getLocale());
  const auditWords = translator("audit", await getLocale());
  const { id, scope, sessionId } = await requireOrganizer("/account/security");
  const problem = readSignInProblem(await readParameters(searchParams));
  const isKept = (await readParameter(searchParams, "kept")) === "last-way-in";
  const [ways, linked, passkeys, devices, keys, isPasswordSet, activity] = await Promise.all([
    listWaysIn(),
    listLinked(scope),
    listPasskeys(scope),
    listDevices(scope),
    listApiKeys(scope),
    hasPassword(scope),
    listActivity(scope),
  ]);
  return (
    <>
      <PageHead title={words("security.title")} lead={words("security.lead")} />
      <div className="grid gap-6">
        {problem && <SignInProblemNote problem={problem} />}
        {isKept && <Note tone="warning" role="alert" title={words("security.lastWayIn")} />}
        {ways.password && (
          <FormPanel title={words("profile.passwordTitle")} lead={words("profile.passwordLead")}>
            <div className="grid gap-4">
              {isPasswordSet ? <PasswordForm words={words} /> : <NoPassword words={words} />}
              {isPasswordSet && linked.length + passkeys.length > 0 && <RemovePassword words={words} />}
            </div>
          </FormPanel>
        )}
        {(ways.passkeys || passkeys.length > 0) && (
          <FormPanel title={words("security.passkeysTitle")} lead={words("security.passkeysLead")}>
            <PasskeyList
              passkeys={passkeys}
              isOffered={ways.passkeys}
              rename={renamePasskeyAction}
              remove={removePasskeyAction}
            />
          </FormPanel>
        )}
        {(ways.providers.length > 0 || linked.length > 0) && (
          <FormPanel title={words("security.waysTitle")} lead={words("security.waysLead")}>
            <LinkedAccounts linked={linked} providers={ways.providers} unlink={unlinkIdentity} />
          </FormPanel>
        )}
        <FormPanel title={words("security.devicesTitle")} lead={words("security.devicesLead")}>
          <DeviceList
            devices={devices}
            currentId={sessionId}
            signOut={signDeviceOut}
            signOutEverywhere={signEverythingOut}
          />
        </FormPanel>
        <FormPanel title={words("security.keysTitle")}>
          <KeyUse keys={keys} />
        </FormPanel>
        <FormPanel title={auditWords("own.title")} lead={auditWords("own.lead")}>
          <OwnActivity entries={activity} ownId={id} />
        </FormPanel>
      </div>
    </>
  );
}

type Words = ReturnType<typeof translator<"account">>;

function PasswordForm({ words }: { words: Words }) {
  return (
    <AccountForm
      action={changePasswordAction}
      fields={[
        {
          name: "currentPassword",
          label: words("profile.currentPassword"),
          type: "password",
          autoComplete: "current-password",
        },
        {
          name: "newPassword",
          label: words("profile.newPassword"),
          type: "password",
          autoComplete: "new-password",
          hint: words("profile.newPasswordHint"),
        },
      ]}
      submit={{
        label: words("profile.changePassword"),
        workingLabel: words("profile.changing"),
        kind: "second",
      }}
    />
  );
}

function RemovePassword({ words }: { words: Words }) {
  return (
    <div>
      <Confirm
        trigger={words("security.removePassword")}
        triggerLook={{ kind: "quiet-danger", size: "sm", flush: true }}
        title={words("security.removePasswordTitle")}
        keepLabel={words("security.removePasswordKeep")}
        confirmLabel={words("security.removePassword")}
        workingLabel={words("security.removingPassword")}
        action={removePasswordAction}
      >
        <p>{words("security.removePasswordText")}</p>
      </Confirm>
    </div>
  );
}

function NoPassword({ words }: { words: Words }) {
  return (
    <p className="text-sm">
      {words.rich("security.noPassword", { link: (label) => <a href="/forgot-password">{label}</a> })}
    </p>
  );
}
