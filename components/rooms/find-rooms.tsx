import { use } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { translator } from "@/lib/i18n/translator";
import type { ListedRoom } from "@/lib/meetings/room-reader";
import { getLocale } from "@/lib/reader/locale";
import { allowHref } from "@/lib/registration/optional-scopes";

const path = "/account/event-types/rooms";

interface FindRoomsProps {
  /** What is looked for; null: nothing yet. */
  text: string | null;
  /** Found rooms, or why there are none. */
  found: readonly ListedRoom[] | "not_allowed" | "unavailable" | "not_found" | "too_many_rooms";
  /** Addresses of the rooms that are on the list here. */
  known: ReadonlySet<string>;
  add: FormAction;
}

/** Looks for rooms on the organization's own list, where an administrator lets Bellhop read it. */
export function FindRooms({ text, found, known, add }: FindRoomsProps) {
  const words = translator("rooms", use(getLocale()));
  return (
    <Panel aria-labelledby="find-rooms" className="mb-6 grid content-start gap-4">
      <div>
        <h2 id="find-rooms" className="text-lg">
          {words("find.title")}
        </h2>
        <p className="text-sm text-muted">{words("find.lead")}</p>
      </div>
      {found === "not_allowed" ? (
        <div className="grid justify-items-start gap-2">
          <p className="text-sm">{words("find.notAllowed")}</p>
          <ButtonLink size="sm" href={allowHref("places", path)}>
            {words("find.allow")}
          </ButtonLink>
        </div>
      ) : (
        <search>
          <form action={path} className="flex flex-wrap items-end gap-3">
            <Field id="q" label={words("find.label")} className="min-w-0 grow basis-56">
              {(control) => (
                <Input {...control} type="search" name="q" defaultValue={text ?? ""} maxLength={100} />
              )}
            </Field>
            <Button type="submit">{words("find.submit")}</Button>
          </form>
        </search>
      )}
      {typeof found === "string" && found !== "not_allowed" && (
        <p role="status" className="text-sm">
          {words(`find.problem.${found}`)}
        </p>
      )}
      {typeof found !== "string" && text !== null && found.length === 0 && (
        <p role="status" className="text-sm">
          {words("find.none")}
        </p>
      )}
      {typeof found !== "string" && found.length > 0 && (
        <ul className="grid gap-3">
          {found.map(({ email, name, capacity, building, features }) => (
            <li
              key={email}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-hairline pt-3"
            >
              <div className="min-w-0">
                <p className="font-strong wrap-anywhere">{name}</p>
                <p className="text-sm break-all text-muted">
                  {[
                    email,
                    ...(capacity === null ? [] : [words("list.capacity", { capacity })]),
                    ...(building ? [building] : []),
                    ...features,
                  ].join(", ")}
                </p>
              </div>
              {known.has(email) ? (
                <p className="text-sm text-muted">{words("find.added")}</p>
              ) : (
                <PostForm action={add} fields={{ email, q: text ?? "" }}>
                  <SubmitButton
                    kind="second"
                    size="sm"
                    aria-label={words("find.addName", { name })}
                    workingLabel={words("find.adding")}
                  >
                    {words("find.add")}
                  </SubmitButton>
                </PostForm>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
