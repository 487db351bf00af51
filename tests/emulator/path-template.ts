/** The values of the {…} parts when `path` has the form of `template`, else null. Case does not matter, as at Graph. */
export function matchTemplate(template: string, path: string): string[] | null {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const values: string[] = [];
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? "";
    if (part.startsWith("{")) values.push(value);
    else if (part.includes("{")) {
      const found = valuesIn(part, value);
      if (!found) return null;
      values.push(...found);
    } else if (part.toLowerCase() !== value.toLowerCase()) return null;
  }
  return values;
}

/** The values of a part such as `view(from='{from}',to='{to}')`. */
function valuesIn(part: string, value: string): string[] | null {
  const pattern = part.replace(/[()'.*+?^$[\]\\|]/g, "\\$&").replace(/\{[^}]*\}/g, "([^']*)");
  return new RegExp(`^${pattern}$`, "i").exec(value)?.slice(1) ?? null;
}
