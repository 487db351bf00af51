/**
 * Fills in the placeholders of a message that a client component got as it is in the catalogue: for values that only the
 * browser knows. Plain `{name}` placeholders alone; plurals and choices are for the server's translator. PURE.
 */
export function fillIn(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
