import { use } from "react";
import { disable, enable, setRole, signOutOf } from "@/app/admin/users/actions";
import { Confirm } from "@/components/ui/confirm";
import { RowButton } from "@/components/ui/row-button";
import type { UserSummary } from "@/lib/accounts/users";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** What an admin can do about someone's access. */
export function Access({ user }: { user: UserSummary }) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
      {user.disabledAt ? <Enable user={user} /> : <WhileOpen user={user} />}
    </div>
  );
}

function WhileOpen({ user }: { user: UserSummary }) {
  const words = translator("account", use(getLocale()));
  const { id, name } = user;
  return (
    <>
      <RoleChange user={user} />
      <Confirm
        trigger={words("security.signOutEverywhere")}
        triggerLook={{ kind: "quiet", size: "sm", flush: true }}
        triggerLabel={words("users.signOutLabel", { name })}
        title={words("users.signOutTitle", { name })}
        keepLabel={words("users.keep")}
        confirmLabel={words("security.signOutEverywhere")}
        workingLabel={words("security.signingOut")}
        action={signOutOf}
        fields={{ id }}
      >
        <p>{words("users.signOutText")}</p>
      </Confirm>
      <Confirm
        trigger={words("users.disable")}
        triggerLook={{ kind: "quiet-danger", size: "sm", flush: true }}
        triggerLabel={words("users.disableLabel", { name })}
        title={words("users.disableTitle", { name })}
        keepLabel={words("users.keep")}
        confirmLabel={words("users.disable")}
        workingLabel={words("users.disabling")}
        action={disable}
        fields={{ id }}
      >
        <p>{words("users.disableText")}</p>
      </Confirm>
    </>
  );
}

function Enable({ user: { id, name } }: { user: UserSummary }) {
  const words = translator("account", use(getLocale()));
  return (
    <RowButton
      action={enable}
      id={id}
      label={words("users.enableLabel", { name })}
      workingLabel={words("users.enabling")}
    >
      {words("users.enable")}
    </RowButton>
  );
}

function RoleChange({ user: { id, name, role } }: { user: UserSummary }) {
  const words = translator("account", use(getLocale()));
  const wanted = role === "admin" ? "organizer" : "admin";
  const verb = role === "admin" ? "makeOrganizer" : "makeAdmin";
  return (
    <Confirm
      trigger={words(`users.${verb}`)}
      triggerLook={{ kind: "quiet", size: "sm", flush: true }}
      triggerLabel={words(`users.${verb}Label`, { name })}
      title={words(`users.${verb}Title`, { name })}
      keepLabel={words("users.keep")}
      confirmLabel={words(`users.${verb}`)}
      workingLabel={words("users.changing")}
      action={setRole}
      fields={{ id, role: wanted }}
    >
      <p>{words(`users.${verb}Text`)}</p>
    </Confirm>
  );
}
