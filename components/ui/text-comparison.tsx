import { classNames } from "@/components/ui/class-names";

export interface ComparedPart {
  text: string;
  /** `right` and `wrong` are compared; `missing` marks where the other line has more. */
  kind: "same" | "right" | "wrong" | "missing";
}

interface TextComparisonProps {
  label: string;
  rows: readonly { label: string; parts: readonly ComparedPart[] }[];
}

const marks: Record<ComparedPart["kind"], string> = {
  same: "",
  right: "border-b-2 bg-success-tint font-semibold text-success",
  wrong: "border-b-2 bg-danger-tint font-semibold text-danger",
  missing: "border-b-2 border-dotted bg-danger-tint text-danger",
};

/** Two strings in mono, one above the other, each difference marked by colour and underline. */
export function TextComparison({ label, rows }: TextComparisonProps) {
  return (
    <div className="overflow-x-auto rounded-md border border-hairline bg-raised">
      <dl aria-label={label} className="divide-y divide-hairline">
        {rows.map((row) => (
          <div key={row.label} className="px-3.5 py-2 md:grid md:grid-cols-[8rem_minmax(0,1fr)] md:gap-x-4">
            <dt className="text-sm text-muted">{row.label}</dt>
            <dd className="font-mono text-sm break-all whitespace-pre-wrap">
              {row.parts.map((part, index) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one string, in its order.
                  key={index}
                  className={classNames(marks[part.kind])}
                >
                  {part.text}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
