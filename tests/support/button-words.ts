import { readdirSync, readFileSync } from "node:fs";

const buttons = [
  /<(?:SubmitButton|Button|ButtonLink)\b[^<]*?>\s*\{\s*(\w+)\("([\w.-]+)"/g,
  /\b(?:submit|workingLabel|confirm)\b(?:=\{?\{?|:\s*\{?)\s*(?:label:\s*)?(\w+)\("([\w.-]+)"/g,
];

/** The keys of messages that a button holds, as far as the source of pages and components names them where the button is. */
export function listButtonWords(): string[] {
  const files = ["app", "components"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".tsx"))
      .map((file) => `${folder}/${file}`),
  );
  const keys = files.flatMap((file) => {
    const source = readFileSync(file, "utf8");
    const declared = source.matchAll(/\b(\w+) = translator\("([\w-]+)"/g);
    const namespaces = new Map([...declared].map(([, name, namespace]) => [name, namespace]));
    const found = buttons.flatMap((button) => [...source.matchAll(button)]);
    return found.flatMap(([, name, key]) => {
      const namespace = namespaces.get(name);
      return namespace ? [`${namespace}.${key}`] : [];
    });
  });
  return [...new Set(keys)].sort();
}
