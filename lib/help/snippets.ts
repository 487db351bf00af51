/** PURE: how one request is made with curl, TypeScript, and Python. */

export interface SampleRequest {
  method: string;
  /** With all that it needs filled in. */
  address: string;
  needsKey: boolean;
  /** Sent as JSON; undefined: none. */
  body: unknown;
}

export function curlOf({ method, address, needsKey, body }: SampleRequest): string {
  return [
    method === "GET" ? `curl "${address}"` : `curl -X ${method} "${address}"`,
    ...(needsKey ? ['-H "Authorization: Bearer $BELLHOP_API_KEY"'] : []),
    ...(method === "POST" ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body === undefined ? [] : ['-H "Content-Type: application/json"', `-d ${quoted(body)}`]),
  ].join(" \\\n  ");
}

/** Within the single quotes of a shell, where only they themselves are special. */
const quoted = (body: unknown) => `'${JSON.stringify(body).replaceAll("'", "'\\''")}'`;

export function typeScriptOf({ method, address, needsKey, body }: SampleRequest): string {
  const headers = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the sample's own template
    ...(needsKey ? ["Authorization: `Bearer ${process.env.BELLHOP_API_KEY}`"] : []),
    ...(method === "POST" ? ['"Idempotency-Key": crypto.randomUUID()'] : []),
    ...(body === undefined ? [] : ['"Content-Type": "application/json"']),
  ];
  const options = [
    ...(method === "GET" ? [] : [`  method: "${method}",`]),
    ...(headers.length > 0 ? [`  headers: { ${headers.join(", ")} },`] : []),
    ...(body === undefined ? [] : [`  body: JSON.stringify(${indented(body)}),`]),
  ];
  const call = options.length > 0 ? `"${address}", {\n${options.join("\n")}\n}` : `"${address}"`;
  return [
    `const response = await fetch(${call});`,
    "if (!response.ok) throw new Error((await response.json()).code);",
    ...(method === "DELETE" ? [] : ["console.log(await response.json());"]),
  ].join("\n");
}

/** With the package that everyone has: requests. */
export function pythonOf({ method, address, needsKey, body }: SampleRequest): string {
  const headers = [
    ...(needsKey ? ['"Authorization": f"Bearer {os.environ[\'BELLHOP_API_KEY\']}"'] : []),
    ...(method === "POST" ? ['"Idempotency-Key": str(uuid.uuid4())'] : []),
  ];
  const modules = [...(needsKey ? ["os"] : []), ...(method === "POST" ? ["uuid"] : [])];
  return [
    ...modules.map((name) => `import ${name}`),
    "import requests",
    "",
    `response = requests.${method.toLowerCase()}(`,
    `    "${address}",`,
    ...(headers.length > 0 ? [`    headers={${headers.join(", ")}},`] : []),
    ...(body === undefined ? [] : [`    json=${toPython(body)},`]),
    ")",
    "response.raise_for_status()",
    ...(method === "DELETE" ? [] : ["print(response.json())"]),
  ].join("\n");
}

function toPython(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(toPython).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value as object).map(([name, field]) => `"${name}": ${toPython(field)}`);
  return `{${fields.join(", ")}}`;
}

/** JSON as the second line of a call's options has it. */
const indented = (body: unknown) => JSON.stringify(body, null, 2).replaceAll("\n", "\n  ");
