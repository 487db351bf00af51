import { use } from "react";
import { permissionWords } from "@/lib/connections/permission-words";
import { getLocale } from "@/lib/reader/locale";

/** Permissions that are not there, in plain words with their names. */
export function MissingPermissions({ lead, scopes }: { lead: string; scopes: readonly string[] }) {
  const locale = use(getLocale());
  if (scopes.length === 0) return null;
  return (
    <>
      <p className="mt-2">{lead}</p>
      <ul className="list-disc ps-5">
        {scopes.map((scope) => (
          <li key={scope}>{permissionWords(scope, locale)}</li>
        ))}
      </ul>
    </>
  );
}
