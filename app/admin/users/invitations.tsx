import { invite, takeBackInvitation } from "@/app/admin/users/actions";
import { AccountForm } from "@/components/accounts/account-form";
import { formatInstant, Instant } from "@/components/accounts/instant";
import { copyWords } from "@/components/layout/copy-words";
import { Panel } from "@/components/ui/panel";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { listOpenInvitations } from "@/lib/accounts/invitations";
import { readClock } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** Makes invitation links, and lists those that someone could still use. */
export async function Invitations() {
  const locale = await getLocale();
  const words = translator("account", locale);
  const [open, clock] = await Promise.all([listOpenInvitations(), readClock()]);
  return (
    <Panel className="grid gap-6 lg:grid-cols-2 lg:gap-12">
      <div className="grid content-start gap-4">
        <h2>{words("users.inviteTitle")}</h2>
        <AccountForm
          action={invite}
          fields={[]}
          submit={{ label: words("users.invite"), workingLabel: words("users.inviting") }}
          secretWords={{ label: words("users.inviteLink"), copy: copyWords(locale) }}
        />
      </div>
      {open.length > 0 && (
        <div className="grid content-start gap-4">
          <h2>{words("users.openTitle")}</h2>
          <ul className="grid divide-y divide-hairline text-sm">
            {open.map(({ id, expiresAt, createdBy: { name } }) => (
              <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-4 py-2">
                <span>
                  {words("users.openItem", { name })} <Instant at={expiresAt} />
                </span>
                <PostForm action={takeBackInvitation} fields={{ id }}>
                  <SubmitButton
                    kind="quiet-danger"
                    size="sm"
                    flush
                    workingLabel={words("users.takingBack")}
                    aria-label={words("users.takeBackLabel", {
                      name,
                      date: formatInstant(expiresAt, clock, locale),
                    })}
                  >
                    {words("users.takeBack")}
                  </SubmitButton>
                </PostForm>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}
