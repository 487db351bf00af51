import type { Metadata } from "next";
import { Invitations } from "@/app/admin/users/invitations";
import { UserTable } from "@/app/admin/users/user-table";
import { readParameter, type SearchParameters } from "@/app/search-parameters";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { listUsers } from "@/lib/accounts/users";
import { requireAdmin } from "@/lib/auth/guards";
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
  const words = translator("account", await getLocale());
  await requireAdmin();
  const search = searchText(await readParameter(searchParams, "search"), 100);
  const after = await readParameter(searchParams, "after");
  const notice = await readParameter(searchParams, "notice");
  const { items, nextAfter } = await listUsers({ search, ...(isId(after) ? { after } : {}) });
  const mode = env().SIGN_UP;
  return (
    <>
      <PageHead
        title={words("users.title")}
        lead={words("users.lead", { mode })}
        actions={<a href="/admin/outbox">{words("users.outbox")}</a>}
      />
      <div className="grid gap-6">
        {notice === "last-admin" && (
          <Banner tone="danger" role="alert" title={words("users.lastAdmin")}>
            {words("users.lastAdminText")}
          </Banner>
        )}
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
