import { KeyIcon, UserIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { setRole } from "@/app/admin/users/actions";
import { Instant } from "@/components/accounts/instant";
import { Badge } from "@/components/ui/badge";
import { Confirm } from "@/components/ui/confirm";
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
    cell: ({ role }) => (
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
    cell: (user) => <RoleChange user={user} />,
    align: "end",
    block: "end",
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
