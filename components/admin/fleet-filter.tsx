import { use } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, type SelectOption } from "@/components/ui/select";
import { fleetStates, managedFilters } from "@/lib/connections/fleet";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface FleetFilterProps {
  /** The page's own path. */
  action: string;
  values: Readonly<Record<string, string | number | undefined>>;
  tenants: readonly { tenantId: string; accounts: number }[];
  /** Whether any organization's mailboxes are managed here. */
  hasManaged: boolean;
  /** The whole list; null where nothing is narrowed down. */
  clearHref: string | null;
}

/** Narrows the list down: a plain form whose answer has an address of its own. */
export function FleetFilter({ action, values, tenants, hasManaged, clearHref }: FleetFilterProps) {
  const locale = use(getLocale());
  const words = translator("admin", locale);
  return (
    <search>
      <form
        action={action}
        className="grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(0,1.4fr)_repeat(3,minmax(0,1fr))]"
      >
        <Field id="fleet-search" label={words("connections.search")} className="max-lg:col-span-2">
          {(control) => (
            <Input
              {...control}
              type="search"
              name="search"
              defaultValue={values.search ?? ""}
              maxLength={100}
            />
          )}
        </Field>
        {selectsOf(tenants, hasManaged, locale).map(({ name, label, options }) => (
          <Field key={name} id={`fleet-${name}`} label={label}>
            {(control) => (
              <Select {...control} name={name} options={options} defaultValue={values[name] ?? ""} />
            )}
          </Field>
        ))}
        <div className="flex flex-wrap gap-3 max-lg:col-span-2">
          <Button type="submit">{words("connections.find")}</Button>
          {clearHref && (
            <ButtonLink kind="quiet" href={clearHref}>
              {words("connections.clear")}
            </ButtonLink>
          )}
        </div>
      </form>
    </search>
  );
}

function selectsOf(
  tenants: FleetFilterProps["tenants"],
  hasManaged: boolean,
  locale: Locale,
): { name: string; label: string; options: SelectOption[] }[] {
  const words = translator("admin", locale);
  const states = translator("common", locale);
  const any = (label: string): SelectOption => ({ value: "", label });
  return [
    {
      name: "state",
      label: words("connections.filterState"),
      options: [
        any(words("connections.anyState")),
        ...fleetStates.map((state) => ({ value: state, label: states(`connection.${state}`) })),
      ],
    },
    {
      name: "kind",
      label: words("connections.kind"),
      options: [
        any(words("connections.anyKind")),
        { value: "work", label: words("connections.kinds.work") },
        { value: "personal", label: words("connections.kinds.personal") },
      ],
    },
    {
      name: "tenant",
      label: words("connections.tenant"),
      options: [
        any(words("connections.anyTenant")),
        ...tenants.map(({ tenantId, accounts }) => ({
          value: tenantId,
          label: words("connections.tenantOption", { tenant: tenantId, accounts }),
        })),
      ],
    },
    {
      name: "missing",
      label: words("connections.missing"),
      options: [
        any(words("connections.anyMissing")),
        { value: "1", label: words("connections.onlyMissing") },
      ],
    },
    {
      name: "verified",
      label: words("connections.verified"),
      options: [
        any(words("connections.anyVerified")),
        ...(["week", "longer", "never"] as const).map((kind) => ({
          value: kind,
          label: words(`connections.verifiedKinds.${kind}`),
        })),
      ],
    },
    {
      name: "failed",
      label: words("connections.failed"),
      options: [any(words("connections.anyFailed")), { value: "1", label: words("connections.onlyFailed") }],
    },
    ...(hasManaged
      ? [
          {
            name: "managed",
            label: words("connections.managedFilter"),
            options: [
              any(words("connections.anyManaged")),
              ...managedFilters.map((value) => ({
                value,
                label: words(`connections.managedKinds.${value}`),
              })),
            ],
          },
        ]
      : []),
  ];
}
