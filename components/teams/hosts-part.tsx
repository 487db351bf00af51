import { ArrowDownIcon, ArrowUpIcon } from "@phosphor-icons/react/ssr";
import type { Editor } from "@/components/editor/editor-form";
import { mistakeOf, NumberField, optionsOf, SelectField } from "@/components/editor/fields";
import { Fold, SetValues } from "@/components/editor/fold";
import { Section } from "@/components/editor/section";
import { HostWeek } from "@/components/teams/host-week";
import { HostsSentence } from "@/components/teams/hosts-sentence";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { fillIn } from "@/lib/i18n/fill-in";
import type { Messages } from "@/lib/i18n/messages";
import { rowsOf } from "@/lib/input/form-values";
import type { Candidate } from "@/lib/teams/candidates";
import { hostParts, toFormErrors } from "@/lib/teams/form";

export type HostWords = Pick<Messages["teams"], "hosts" | "calendar">;

interface HostsPartProps {
  editor: Editor;
  words: HostWords;
  /** BCP 47: how names and numbers are written. */
  language: string;
  candidates: readonly Candidate[];
}

/** Who takes part, by which hours, and what all of it comes to. */
export function HostsPart({ editor, words, language, candidates }: HostsPartProps) {
  const { hosts } = words;
  const rows = rowsOf(editor.values, "hosts");
  const people = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const shown = { ...editor, errors: toFormErrors(editor.errors, editor.typed) };
  return (
    <Section editor={editor} name="hosts" title={hosts.title}>
      <p className="-mt-3 text-sm text-muted">{hosts.lead}</p>
      <HostsSentence typed={editor.typed} {...{ words, language, people }} />
      {shown.errors.hosts && <Note tone="danger" role="alert" title={shown.errors.hosts} />}
      <ul className="grid border-y border-hairline">
        {rows.map((row, index) => (
          <HostRow
            key={row.userId}
            row={`hosts.${index}`}
            isFirst={index === 0}
            isLast={index === rows.length - 1}
            language={language}
            editor={shown}
            words={words}
            person={people.get(row.userId ?? "")}
            userId={row.userId ?? ""}
          />
        ))}
      </ul>
      <div className="grid gap-4 md:grid-cols-2 md:gap-x-6">
        <NumberField editor={shown} name="rotatingHosts" label={hosts.rotatingHosts} suffix="" min={1} />
        <SelectField
          editor={shown}
          name="hostChoice"
          label={hosts.hostChoice}
          options={optionsOf(hosts.hostChoices)}
        />
        <SelectField
          editor={shown}
          name="onReschedule"
          label={hosts.onReschedule}
          options={optionsOf(hosts.onReschedules)}
        />
        <SelectField
          editor={shown}
          name="hostDeclines"
          label={hosts.hostDeclines}
          options={optionsOf(hosts.hostDeclinesChoices)}
        />
      </div>
    </Section>
  );
}

interface HostRowProps {
  /** `hosts.0` */
  row: string;
  editor: Editor;
  words: HostWords;
  isFirst: boolean;
  isLast: boolean;
  language: string;
  /** Undefined: they have left the team. */
  person: Candidate | undefined;
  userId: string;
}

/** One member. Their weight and the rest matter only once they take part: that shows by style alone, so that it does without a script. */
function HostRow({ row, editor, words, person, userId, isFirst, isLast, language }: HostRowProps) {
  const { hosts } = words;
  const name = person?.name ?? userId;
  const kind = editor.typed[`${row}.kind`] ?? "";
  const schedules = person?.schedules ?? [];
  const scheduleId = editor.typed[`${row}.scheduleId`] ?? "";
  const chosen = schedules.find(({ id }) => id === scheduleId) ?? schedules[0];
  const scheduleOptions = [
    { value: "", label: hosts.defaultSchedule },
    ...schedules.map((schedule) => ({ value: schedule.id, label: schedule.name })),
  ];
  const turns = [
    { name: hosts.weight, value: editor.typed[`${row}.weight`] ?? "" },
    { name: hosts.priority, value: editor.typed[`${row}.priority`] ?? "" },
  ];
  const hours = {
    name: hosts.schedule,
    value: scheduleOptions.find(({ value }) => value === scheduleId)?.label ?? "",
  };
  return (
    <li className="border-t border-hairline py-2 first:border-0">
      <fieldset className="group/host grid min-w-0 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 sm:grid-cols-[minmax(0,1fr)_auto_13rem]">
        <legend className="float-start self-end font-semibold">{name}</legend>
        <div className="row-span-2 flex gap-1">
          {!isFirst && <Move verb="up" row={row} label={fillIn(hosts.moveUp, { name })} />}
          {!isLast && <Move verb="down" row={row} label={fillIn(hosts.moveDown, { name })} />}
        </div>
        <input type="hidden" name={`${row}.userId`} value={userId} />
        <SelectField
          editor={editor}
          name={`${row}.kind`}
          label={hosts.part}
          options={optionsOf(hosts.parts, [...hostParts])}
          mistakesAt={`${row}.userId`}
          className="max-sm:order-1 max-sm:col-span-full sm:row-span-2"
        />
        {person && <CalendarState person={person} kind={kind} words={words} />}
        <Fold
          isRow
          title={
            <span className="text-sm font-normal text-muted">
              <SetValues values={kind === "rotating" ? [...turns, hours] : [hours]} />
            </span>
          }
          isOpen={mistakeOf(editor.errors, row) !== undefined}
          className="order-2 col-span-full hidden group-has-[[value=fixed]:checked]/host:block group-has-[[value=rotating]:checked]/host:block"
        >
          <div className="grid gap-4 sm:grid-cols-3">
            <div className="hidden group-has-[[value=rotating]:checked]/host:block">
              <NumberField editor={editor} name={`${row}.weight`} label={hosts.weight} suffix="" min={1} />
            </div>
            <div className="hidden group-has-[[value=rotating]:checked]/host:block">
              <NumberField editor={editor} name={`${row}.priority`} label={hosts.priority} suffix="" />
            </div>
            <SelectField
              editor={editor}
              name={`${row}.scheduleId`}
              label={hosts.schedule}
              options={scheduleOptions}
            />
          </div>
          {chosen && kind && (
            <HostWeek
              schedule={chosen}
              label={fillIn(hosts.week, { schedule: chosen.name, place: chosen.place })}
              language={language}
            />
          )}
        </Fold>
      </fieldset>
    </li>
  );
}

/** The order decides between equals, and whose calendar the event is in. */
function Move({ verb, row, label }: { verb: "up" | "down"; row: string; label: string }) {
  return (
    <Button
      type="submit"
      name="intent"
      value={`${verb}:${row}`}
      kind="quiet"
      size="sm"
      square
      aria-label={label}
      className="text-muted"
    >
      <Icon glyph={verb === "up" ? ArrowUpIcon : ArrowDownIcon} size={16} />
    </Button>
  );
}

/** The state of a member's calendar, and what it means for their part. */
function CalendarState({ person, kind, words }: { person: Candidate; kind: string; words: HostWords }) {
  const { calendar } = words;
  const { name, connection, isDisabled } = person;
  const isEnded = connection === "reconnect_needed";
  const meaning = isDisabled
    ? calendar.disabled
    : isEnded && kind === "rotating"
      ? calendar.skipped
      : isEnded && kind === "fixed"
        ? calendar.blocking
        : connection === "not_connected" && kind
          ? calendar.unknown
          : null;
  const isGrave = (isDisabled || isEnded) && kind !== "";
  return (
    <p className={`self-start text-sm ${isGrave ? "font-semibold text-danger" : "text-muted"}`}>
      {calendar[connection]}
      {meaning && <span className="block">{fillIn(meaning, { name })}</span>}
    </p>
  );
}
