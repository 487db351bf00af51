import { use } from "react";
import { FormPanel } from "@/components/accounts/form-panel";
import { ListPanel } from "@/components/ui/list-panel";
import type { FormAction } from "@/components/ui/post-form";
import { RowButton } from "@/components/ui/row-button";
import type { Column } from "@/components/ui/table";
import type { FormState } from "@/lib/auth/form-state";
import { type Translator, translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { Room } from "@/lib/rooms/rooms";

interface RoomsProps {
  rooms: readonly Room[];
  add: (state: FormState, formData: FormData) => Promise<FormState>;
  remove: FormAction;
}

/** The rooms and equipment of an organization, with the ways to add one and to take one away. */
export function Rooms({ rooms, add, remove }: RoomsProps) {
  const words = translator("rooms", use(getLocale()));
  const typed = { autoComplete: "off" } as const;
  return (
    <div className="grid gap-6">
      <FormPanel
        id="add-room"
        title={words("add.title")}
        lead={words("add.lead")}
        action={add}
        fields={[
          { ...typed, name: "email", type: "email", label: words("add.email") },
          { ...typed, name: "name", label: words("add.name"), hint: words("add.nameHint") },
          {
            ...typed,
            name: "kind",
            label: words("add.kind"),
            options: [
              { value: "room", label: words("kinds.room") },
              { value: "equipment", label: words("kinds.equipment") },
            ],
          },
          { ...typed, name: "capacity", label: words("add.capacity"), required: false },
          { ...typed, name: "building", label: words("add.building"), required: false },
          {
            ...typed,
            name: "features",
            label: words("add.features"),
            hint: words("add.featuresHint"),
            required: false,
          },
        ]}
        submit={{ label: words("add.submit"), workingLabel: words("add.working") }}
      />
      <ListPanel
        id="rooms"
        title={words("list.title")}
        columns={columns(words, remove)}
        rows={rooms}
        rowKey={({ id }) => id}
        none={words("list.none")}
      />
    </div>
  );
}

function columns(words: Translator<"rooms">, remove: FormAction): Column<Room>[] {
  return [
    {
      key: "name",
      head: words("list.name"),
      cell: ({ name, email }) => (
        <>
          <span className="block font-semibold wrap-anywhere">{name}</span>
          <span className="block text-sm break-all text-muted">{email}</span>
        </>
      ),
      block: "lead",
    },
    {
      key: "calendar",
      head: words("list.calendar"),
      cell: ({ problem, syncedAt }) =>
        words("list.state", { state: problem ?? (syncedAt === null ? "unread" : "read") }),
      block: "state",
    },
    {
      key: "about",
      head: words("list.about"),
      cell: ({ kind, capacity, building, features }) =>
        [
          words(`kinds.${kind}`),
          ...(capacity === null ? [] : [words("list.capacity", { capacity })]),
          ...(building ? [building] : []),
          ...features,
        ].join(", "),
      block: "named",
    },
    {
      key: "remove",
      head: words("list.actions"),
      hideHead: true,
      align: "end",
      block: "end",
      cell: ({ id, name }) => (
        <RowButton
          action={remove}
          id={id}
          label={words("list.removeName", { name })}
          workingLabel={words("list.removing")}
        >
          {words("list.remove")}
        </RowButton>
      ),
    },
  ];
}
