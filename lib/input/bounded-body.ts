/** A request's body, or null when it is longer than `maxBytes`; no more than that is ever held. Throws when it breaks off. */
export async function readBoundedBody(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    return Number(declared) > maxBytes ? null : new Uint8Array(await request.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON of a request's body; null for one that is longer than `maxBytes`, broken off or no JSON. */
export async function readBoundedJson(request: Request, maxBytes: number): Promise<unknown> {
  try {
    const bytes = await readBoundedBody(request, maxBytes);
    return bytes && JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return null;
  }
}
