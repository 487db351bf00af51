import type { HostWords } from "@/components/teams/hosts-part";
import { Note } from "@/components/ui/note";
import { fillIn } from "@/lib/i18n/fill-in";
import { type FormValues, rowsOf } from "@/lib/input/form-values";
import type { Candidate } from "@/lib/teams/candidates";

interface HostsSentenceProps {
  typed: FormValues;
  words: HostWords;
  language: string;
  people: ReadonlyMap<string, Candidate>;
}

/** What the hosts as they are typed will do, in a sentence or two. */
export function HostsSentence({ typed, words, language, people }: HostsSentenceProps) {
  const { sentence, shares, share } = words.hosts;
  const rows = rowsOf(typed, "hosts");
  const named = (kind: string) => {
    return rows
      .filter((row) => row.kind === kind)
      .map((row) => ({ name: people.get(row.userId ?? "")?.name ?? "", weight: Number(row.weight) || 0 }));
  };
  const [fixed, turning] = [named("fixed"), named("rotating")];
  const count = Number(typed.rotatingHosts) || 1;
  const list = (names: readonly string[], type: "conjunction" | "disjunction" = "conjunction") =>
    new Intl.ListFormat(language, { type }).format(names);
  const values = {
    fixed: list(fixed.map(({ name }) => name)),
    turning: list(turning.map(({ name }) => name)),
    count: new Intl.NumberFormat(language).format(count),
    there: new Intl.NumberFormat(language).format(turning.length),
  };
  const form = formOf(fixed.length, turning.length, count);
  const total = turning.reduce((sum, { weight }) => sum + weight, 0);
  const differ = new Set(turning.map(({ weight }) => weight)).size > 1;
  const parts = turning.map(({ name, weight }) =>
    fillIn(share, {
      name,
      percent: new Intl.NumberFormat(language).format(Math.round((100 * weight) / total)),
    }),
  );
  return (
    <Note tone={form === "none" || form === "tooMany" ? "warning" : "calm"} role="status">
      <p>{fillIn(sentence[form], values)}</p>
      {differ && total > 0 && <p>{fillIn(shares, { shares: parts.join(", ") })}</p>}
    </Note>
  );
}

function formOf(fixed: number, turning: number, count: number): keyof HostWords["hosts"]["sentence"] {
  if (fixed + turning === 0) return "none";
  if (turning > 0 && count > turning) return "tooMany";
  if (turning === 0) return fixed === 1 ? "fixedOne" : "fixed";
  if (fixed > 0) return count === 1 ? "bothOne" : "both";
  if (turning === 1) return "turningAlone";
  return count === 1 ? "turningOne" : "turning";
}
