import { KeyIcon, ProhibitIcon, UserIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Access } from "@/app/admin/users/access";
import { Instant } from "@/components/accounts/instant";
import { Badge } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import type { UserSummary } from "@/lib/accounts/users";
import { type Translator, translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const columnsOf = (words: Translator<"account">): Column<UserSummary>[] => [
  {
    key: "name",
    head: words("users.columnName"),
    cell: (user) => (
      <a href={`/${user.handle}`} className="font-semibold">
        {user.name}
      </a>
    ),
    block: "lead",
  },
  {
    key: "role",
    head: words("users.columnRole"),
    cell: ({ role, disabledAt }) =>
      disabledAt ? (
        <Badge tone="warning" glyph={ProhibitIcon}>
          {words("users.disabled")}
        </Badge>
      ) : (
        <Badge tone={role === "admin" ? "calm" : "none"} glyph={role === "admin" ? KeyIcon : UserIcon}>
          {words(`users.${role}`)}
        </Badge>
      ),
    block: "state",
  },
  {
    key: "email",
    head: words("users.columnEmail"),
    cell: (user) => <span className="break-all">{user.email}</span>,
    block: "full",
  },
  {
    key: "since",
    head: words("users.columnSince"),
    cell: (user) => <Instant at={user.createdAt} />,
    block: "named",
  },
  {
    key: "actions",
    head: words("users.columnActions"),
    hideHead: true,
    cell: (user) => (
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 lg:justify-end">
        <a href={`/admin/users/${user.id}`} aria-label={words("leaving.manageLabel", { name: user.name })}>
          {words("leaving.manage")}
        </a>
        <Access user={user} />
      </div>
    ),
    align: "end",
    block: "full",
  },
];

export function UserTable({ users }: { users: UserSummary[] }) {
  const words = translator("account", use(getLocale()));
  return (
    <Table
      label={words("users.listTitle")}
      columns={columnsOf(words)}
      rows={users}
      rowKey={(user) => user.id}
    />
  );
}
