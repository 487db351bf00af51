import { readBoundedBody } from "@/lib/input/bounded-body";

/** What the fields beside a file and the borders between them take at most, in bytes. */
const formMaxBytes = 10_000;

/** The fields of a form with a file of at most `fileMaxBytes`; null for a body that broke off or is no form. */
export async function readBoundedForm(
  request: Request,
  fileMaxBytes: number,
): Promise<FormData | "too_large" | null> {
  try {
    const bytes = await readBoundedBody(request, fileMaxBytes + formMaxBytes);
    if (bytes === null) return "too_large";
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    return await new Response(Buffer.from(bytes), { headers }).formData();
  } catch {
    return null;
  }
}
