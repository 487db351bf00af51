import type { Metadata } from "next";
import { Invitations } from "@/app/admin/users/invitations";
import { UserTable } from "@/app/admin/users/user-table";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { countUpcoming } from "@/lib/accounts/off-boarding";
import { getUser, listUsers } from "@/lib/accounts/users";
import { requireAdmin, requireAdminOver } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { isId } from "@/lib/input/id";
import { searchText } from "@/lib/input/text";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("account", await getLocale());
  return { title: words("users.title") };
}

export default async function UsersPage({ searchParams }: { searchParams: SearchParameters }) {
  const locale = await getLocale();
  const words = translator("account", locale);
  await requireAdmin();
  const search = searchText(await readParameter(searchParams, "search"), 100);
  const after = await readParameter(searchParams, "after");
  const notice = await readParameter(searchParams, "notice");
  const disabled = await readParameter(searchParams, "disabled");
  const { items, nextAfter } = await listUsers({ search, ...(isId(after) ? { after } : {}) });
  const mode = env().SIGN_UP;
  return (
    <>
      <PageHead
        title={words("users.title")}
        lead={words("users.lead", { mode })}
        actions={
          <span className="flex flex-wrap gap-x-5 gap-y-1">
            <a href="/admin/users/provisioning">{words("provisioning.link")}</a>
            <a href="/admin/abuse">{translator("blocks", locale)("everyone.title")}</a>
            <a href="/admin/outbox">{words("users.outbox")}</a>
          </span>
        }
      />
      <div className="grid gap-6">
        {notice === "last-admin" && (
          <Banner tone="danger" role="alert" title={words("users.lastAdmin")}>
            {words("users.lastAdminText")}
          </Banner>
        )}
        {notice === "deleted" && <Note tone="success" role="status" title={words("leaving.deleted")} />}
        {isId(disabled) && <StillBooked id={disabled} />}
        {mode === "invite" && <Invitations />}
        <Panel bare>
          <div className="flex flex-wrap items-end justify-between gap-4 px-4 pt-5 pb-4 md:px-6">
            <h2>{words("users.listTitle")}</h2>
            <search>
              <form action="/admin/users" className="flex flex-wrap items-end gap-2">
                <Field id="search" label={words("users.searchLabel")}>
                  {(control) => <Input {...control} type="search" name="search" defaultValue={search} />}
                </Field>
                <Button type="submit">{words("users.search")}</Button>
              </form>
            </search>
          </div>
          {items.length > 0 ? (
            <UserTable users={items} />
          ) : (
            <p className="px-4 pb-5 text-muted md:px-6">{words("users.none")}</p>
          )}
        </Panel>
        {nextAfter && (
          <p>
            <a href={`/admin/users?${new URLSearchParams({ search, after: nextAfter })}`}>
              {words("users.older")}
            </a>
          </p>
        )}
      </div>
    </>
  );
}

/** After someone was disabled: visitors still count on them. */
async function StillBooked({ id }: { id: string }) {
  const words = translator("account", await getLocale());
  const [user, count] = await Promise.all([getUser(id), countUpcoming(await requireAdminOver(id))]);
  if (!user?.disabledAt || count === 0) return null;
  return (
    <Banner tone="warning" role="status" title={words("leaving.stillBooked", { name: user.name, count })}>
      {words.rich("leaving.stillBookedText", { link: (text) => <a href={`/admin/users/${id}`}>{text}</a> })}
    </Banner>
  );
}
