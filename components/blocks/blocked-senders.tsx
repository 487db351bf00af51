import { use } from "react";
import { FormPanel } from "@/components/accounts/form-panel";
import { Instant } from "@/components/accounts/instant";
import { ListPanel } from "@/components/ui/list-panel";
import type { FormAction } from "@/components/ui/post-form";
import { RowButton } from "@/components/ui/row-button";
import type { Column } from "@/components/ui/table";
import type { FormState } from "@/lib/auth/form-state";
import { type Translator, translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { Block } from "@/lib/shield/blocks";

interface BlockedSendersProps {
  blocks: readonly Block[];
  add: (state: FormState, formData: FormData) => Promise<FormState>;
  remove: FormAction;
  /** They hold for all organizers. */
  isEveryones?: boolean;
}

/** A list of blocks, with the ways to add one and to take one back. */
export function BlockedSenders({ blocks, add, remove, isEveryones = false }: BlockedSendersProps) {
  const words = translator("blocks", use(getLocale()));
  return (
    <div className="grid gap-6">
      <FormPanel
        id="add-block"
        title={words(isEveryones ? "add.everyoneTitle" : "add.title")}
        action={add}
        fields={[
          {
            name: "value",
            label: words("add.value"),
            autoComplete: "off",
            hint: words(isEveryones ? "add.everyoneHint" : "add.hint"),
          },
        ]}
        submit={{ label: words("add.submit"), workingLabel: words("add.working") }}
      />
      <ListPanel
        id="blocks"
        title={words(isEveryones ? "list.everyoneTitle" : "list.title")}
        columns={columns(words, remove)}
        rows={blocks}
        rowKey={({ id }) => id}
        none={words(isEveryones ? "list.everyoneNone" : "list.none")}
      />
    </div>
  );
}

function columns(words: Translator<"blocks">, remove: FormAction): Column<Block>[] {
  return [
    {
      key: "value",
      head: words("list.value"),
      cell: ({ value }) => <span className="font-semibold break-all">{value}</span>,
      block: "lead",
    },
    {
      key: "kind",
      head: words("list.kind"),
      cell: ({ kind }) => words(`list.kinds.${kind}`),
      block: "state",
    },
    {
      key: "since",
      head: words("list.since"),
      cell: ({ createdAt }) => <Instant at={createdAt} />,
      block: "named",
    },
    {
      key: "remove",
      head: words("list.actions"),
      hideHead: true,
      align: "end",
      block: "end",
      cell: ({ id, value }) => (
        <RowButton
          action={remove}
          id={id}
          label={words("list.removeName", { value })}
          workingLabel={words("list.removing")}
        >
          {words("list.remove")}
        </RowButton>
      ),
    },
  ];
}
