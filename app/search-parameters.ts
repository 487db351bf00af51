export type SearchParameters = Promise<Record<string, string | string[] | undefined>>;

/** One parameter of the page's address; empty when it is missing, the first when it is there twice. */
export async function readParameter(parameters: SearchParameters, name: string): Promise<string> {
  const value = (await parameters)[name];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}

/** All parameters of the page's address, the first of each where it is there twice. */
export async function readParameters(parameters: SearchParameters): Promise<Record<string, string>> {
  const given = Object.entries(await parameters);
  return Object.fromEntries(
    given.map(([name, value]) => [name, (Array.isArray(value) ? value[0] : value) ?? ""]),
  );
}
